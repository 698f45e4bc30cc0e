// Stands for the snippet under test: the parser asks the project for this file and gets the snippet.
export {};

/** The same module, its classes guarded: `install(require('pg'))`. */
export declare function install<Module extends object>(module: Module): Module;

/**
 * For `afterEach`: nothing that was checked out is still held.
 * @throws Error that names each holder's line
 */
export declare function assertNoLeaks(): Promise<void>;

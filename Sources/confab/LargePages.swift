import Foundation

/// Large pages for the memory of large worlds. To find an address in memory that has them takes the processor far less work, and a world of
/// half a billion connections looks at addresses that are all far apart.
///
/// The C library takes large pages for what it hands out only if it was told so before the program began. So the program begins again, once,
/// with the word in its environment.
enum LargePages {
    /// From so many bytes on it pays.
    private static let worldBytesMin: UInt64 = 1 << 30
    private static let variable = "GLIBC_TUNABLES"
    private static let setting = "glibc.malloc.hugetlb"

    /// Begins the program again with large pages if a world is large, and if the system has them for those who ask. It is the same process and
    /// the same command; if anything is in the way, it just goes on.
    static func restart(ifTaking worldBytes: UInt64) {
        #if canImport(Glibc)
        guard worldBytes >= worldBytesMin, areThere,
            let tunables = tunables(after: ProcessInfo.processInfo.environment[variable]),
            setenv(variable, tunables, 1) == 0
        else { return }
        var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
        execv("/proc/self/exe", &arguments)
        for case let argument? in arguments { free(argument) }
        #endif
    }

    /// What the library is to be told, beside what it is told already; nothing if that says how to take large pages.
    static func tunables(after earlier: String?) -> String? {
        guard let earlier, !earlier.isEmpty else { return setting + "=1" }
        let names = earlier.split(separator: ":").map { $0.prefix { $0 != "=" } }
        return names.contains(setting[...]) ? nil : earlier + ":" + setting + "=1"
    }

    /// Whether the system gives large pages to those who ask for them.
    private static var areThere: Bool {
        let mode = try? String(contentsOfFile: "/sys/kernel/mm/transparent_hugepage/enabled", encoding: .utf8)
        return mode.map { $0.contains("[madvise]") || $0.contains("[always]") } ?? false
    }
}

import Testing

@testable import confab

@Suite("Large pages")
struct LargePagesTests {
    @Test("the C library is told of them beside what it is told already")
    func tunables() {
        #expect(LargePages.tunables(after: nil) == "glibc.malloc.hugetlb=1")
        #expect(LargePages.tunables(after: "") == "glibc.malloc.hugetlb=1")
        #expect(
            LargePages.tunables(after: "glibc.malloc.arena_max=1") == "glibc.malloc.arena_max=1:glibc.malloc.hugetlb=1")
    }

    @Test(
        "whoever has said how large pages are to be taken is left alone, so that the program begins again once at most")
    func saidAlready() throws {
        let first = try #require(LargePages.tunables(after: "glibc.malloc.arena_max=1"))
        #expect(LargePages.tunables(after: first) == nil)
        #expect(LargePages.tunables(after: "glibc.malloc.hugetlb=0") == nil)
    }
}

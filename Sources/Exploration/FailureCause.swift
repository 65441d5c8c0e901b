/// Tells failures apart by what they say, whatever the seed: messages, times and places differ from seed to seed, the words do not.
enum FailureCause {
    /// A sentence in which every word with a digit in it is replaced by `#`, and parentheses are left out.
    ///
    /// - Parameter isName: Whether a word is a name that does not matter either.
    static func text(of sentence: String, isName: (Substring) -> Bool = { _ in false }) -> String {
        var words: [Substring] = []
        var depth = 0
        for word in sentence.split(separator: " ") {
            depth += word.count { $0 == "(" }
            let isInside = depth > 0
            depth -= word.count { $0 == ")" }
            guard !isInside else { continue }
            let isMasked = word.contains(where: \.isNumber) || isName(word.prefix { !",;:".contains($0) })
            words.append(isMasked ? "#" : word)
        }
        return words.joined(separator: " ")
    }
}

/// Tells failures apart by what they say, whatever the seed: messages, times and places differ from seed to seed, the words do not.
enum FailureCause {
    /// A sentence in which every word with a digit in it is replaced by `#`, and parentheses are left out.
    static func text(of sentence: String) -> String {
        var words: [Substring] = []
        var depth = 0
        for word in sentence.split(separator: " ") {
            depth += word.count { $0 == "(" }
            let isInside = depth > 0
            depth -= word.count { $0 == ")" }
            guard !isInside else { continue }
            words.append(word.contains(where: \.isNumber) ? "#" : word)
        }
        return words.joined(separator: " ")
    }
}

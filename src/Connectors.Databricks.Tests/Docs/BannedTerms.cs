using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Docs;

/// <summary>
/// Words and phrases that documentation, comments, messages and names replace by the standard term, in American spelling.
/// </summary>
internal static partial class BannedTerms
{
    /// <summary>Texts that other programs write, as the emulator repeats them.</summary>
    private static readonly string[] Quotations =
        ["Gateway Time-out", "because the update was cancelled", "CANCELLED", "Answers the question of"];

    /// <summary>Riddles and personifications in place of a technical term; a space also matches the break of a comment's line.</summary>
    private static readonly string[] Paraphrases =
    [
        "whoever", "whomever", "nobody", "somebody", "strangers?", "anew", "heed(s|ed|ing)?", "of late", "(goes?|went|going) before",
        "mend(s|ed|ing)?", "spoil(s|ed|t|ing)?", "at hand", "time-outs?", "beside", "wish(es|ed)?", "stands?(?!-)", "stood", "lies?",
        "says? so",
        "said so", "one another", "log-ins?", "ways? to log in", "good status", "all the same", "yours to decide", "can be had",
        "too often of late",
        "wait(s|ing)? for their turn", "those who ask", "left alone for", "one of something", "hands that write", "left nothing behind",
        "sound answers?", "hundredths of its time", "for what is set a thousand times",
    ];

    /// <summary>
    /// Verbs of people for what software does, and paraphrases of "response" and of "request JSON". The names of types and members may
    /// have them.
    /// </summary>
    private static readonly string[] Personifications =
    [
        "says", "said", "tells", "told", "knows", "knew", "hears?", "heard", "speaks?", "spoken?", "asks", "asked", "asking", "wants",
        "wanted(?!})", "sees", "saw", "believes?", "likes", "liked", "minds", "remembers?", "remembered", "understands", "understood",
        "notices", "noticed", "forgets?", "forgotten", "learns", "learned", "gives", "gave", "answers", "answered", "answering",
        "(an?|the|no|each|every|whole|first|last|one|good|error|wrong|automatic|scripted) answer", "(on|over|of) the wire", "the wire's",
    ];

    private static readonly string[] BritishSpellings =
    [
        @"(optim|normal|recogn|serial|initial|author|organ|summar|util|custom|minim|maxim)is(e[ds]?|ers?|ing|ations?)", "deserialis\\w*",
        "catalogues?", "behaviours?", @"(colour|favour|honour|neighbour|labour)\w*", "licence[sd]?",
        "(cancell|labell|modell|travell)(ed|ing)",
        "centre[sd]?", "defence", "towards", "whilst", "(mis)?spelt", "learnt", "judgement", "finalisers?", "programmes?",
    ];

    private static readonly Regex Banned = Words([.. Paraphrases, .. BritishSpellings]);

    private static readonly Regex Personified = Words(Personifications);

    /// <summary>Finds the banned terms in a prose text.</summary>
    public static IEnumerable<(int Line, string Term)> In(string text) => Found(Banned, text);

    /// <summary>Finds software that is described as a person.</summary>
    public static IEnumerable<(int Line, string Term)> PersonifiedIn(string text) => Found(Personified, text);

    /// <summary>Finds the banned terms among the words of the names in C# code: <c>A_wish_is_kept</c>, <c>StrictWish</c>.</summary>
    public static IEnumerable<(int Line, string Term)> InNames(string code) => In(WordBreak().Replace(code, " "));

    private static Regex Words(string[] terms) => new(
        $@"\b({string.Join('|', terms).Replace(" ", @"(\s|///?)+", StringComparison.Ordinal)})\b",
        RegexOptions.IgnoreCase | RegexOptions.Compiled);

    private static IEnumerable<(int Line, string Term)> Found(Regex terms, string text)
    {
        var own = Quotations.Aggregate(
            text, (rest, quotation) => rest.Replace(quotation, new string(' ', quotation.Length), StringComparison.Ordinal));
        return terms.Matches(own).Select(match => (own.AsSpan(0, match.Index).Count('\n') + 1, LineBreak().Replace(match.Value, " ")));
    }

    [GeneratedRegex("_|(?<=[a-z0-9])(?=[A-Z])")]
    private static partial Regex WordBreak();

    [GeneratedRegex(@"(\s|///?)+")]
    private static partial Regex LineBreak();
}

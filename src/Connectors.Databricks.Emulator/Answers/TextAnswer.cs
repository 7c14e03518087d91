using System.Globalization;
using System.Text.RegularExpressions;
using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Json;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Answers;

/// <summary>Computes a text response: quotes tool results, recalls the conversation, or reports that it has no answer.</summary>
internal static partial class TextAnswer
{
    private const int HighestCount = 2000;

    public static string About(ChatRequest request, string endpointName, ModelCapabilities facts)
    {
        var results = ConversationHistory.Results(request);
        var prompt = ConversationHistory.LastUserText(request);
        return results.Count > 0
            ? ToolResultText.About(results)
            : Counting(prompt)
                ?? Arithmetic.Answer(prompt)
                ?? Echo(prompt)
                ?? Summary(prompt)
                ?? ConversationSummary.Answer(request)
                ?? PersonalFacts.Answer(request)
                ?? ConversationSearch.Answer(request)
                ?? Noted(prompt)
                ?? KnownTerms.Answer(prompt)
                ?? KnownPainters.Answer(request)
                ?? (Thanks().IsMatch(prompt) ? "You are welcome!" : null)
                ?? Greeting(request, prompt, endpointName, facts);
    }

    /// <summary>"Count to 20" produces long streams on request, for example to test cancellation.</summary>
    private static string? Counting(string prompt)
    {
        var match = CountTo().Match(prompt);
        return match.Success && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? string.Join(", ", Enumerable.Range(1, Math.Clamp(last, 1, HighestCount))) + "."
            : null;
    }

    private static string? Echo(string prompt) => Messages().Match(prompt) is { Success: true } match ? match.Groups["v"].Value : null;

    /// <summary>A statement is acknowledged in the user's own words.</summary>
    private static string? Noted(string prompt)
    {
        var sentences = Sentences.Split(Greeted().Replace(prompt, ""));
        return sentences.Count > 0 && sentences.All(sentence => !Sentences.IsQuestion(sentence)) && FirstPerson().IsMatch(prompt)
            ? "Noted. " + string.Join(" ", sentences.Select(Sentences.TurnedToTheUser))
            : null;
    }

    private static string Greeting(ChatRequest request, string prompt, string endpointName, ModelCapabilities facts)
    {
        var last = request.Turns.LastOrDefault(turn => turn.Role == "user");
        var images = last?.Parts.Count(part => part.Text("type") is "image_url" or "image") ?? 0;
        var seen = images == 0 ? "" : $" It came with {images} image{(images == 1 ? "" : "s")}.";
        var self = $"I am an emulated {facts.DisplayName} ({endpointName})";
        return Hello().IsMatch(prompt)
            ? $"Hello! {self}. Ask me about this conversation, offer me tools, or give me a schema to fill."
            : AboutItself().IsMatch(prompt) ? $"{self}. I answer from this conversation, call your tools and fill your schemas."
            : $"I have no information about {PromptTopic.Of(prompt)}.{seen} {self}: I answer from this conversation, call your tools and "
                + "fill your schemas.";
    }

    /// <summary>A summary keeps the first two sentences of what it is given.</summary>
    private static string? Summary(string prompt) =>
        Summarize().Match(prompt) is { Success: true } match
            && Sentences.Split(prompt[(match.Index + match.Length)..]) is { Count: > 1 } sentences
            ? string.Join(" ", sentences.Take(2))
            : null;

    [GeneratedRegex(@"^\s*(?:hello|hi|hey|good (?:morning|evening|day))\b\W*(?:there)?\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Hello();

    [GeneratedRegex(@"^\s*(?:who|what)\s+(?:are\s+you|can\s+you\s+do)\b", RegexOptions.IgnoreCase)]
    private static partial Regex AboutItself();

    [GeneratedRegex(@"^\s*(?:many\s+)?(?:thanks|thank\s+you)\b[^?]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"^\s*(?:hello|hi|hey)\b(?:\s+there)?[\s,.!]*", RegexOptions.IgnoreCase)]
    private static partial Regex Greeted();

    [GeneratedRegex(@"\bsummari[sz]e\b[^:.\n]*[:.\n]", RegexOptions.IgnoreCase)]
    private static partial Regex Summarize();

    [GeneratedRegex(@"\bcount\s+(?:up\s+)?(?:from\s+(?:1|one)\s+)?to\s+(\d+)", RegexOptions.IgnoreCase)]
    private static partial Regex CountTo();

    [GeneratedRegex(
        "^\\s*(?:please\\s+)?(?:say|repeat|echo)(?:\\s+after\\s+me)?:?\\s+[\"'“](?<v>[^\"”]+?)[\"'”]\\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Messages();

    [GeneratedRegex(@"\b(I|I'm|my|we|our|remember)\b", RegexOptions.IgnoreCase)]
    private static partial Regex FirstPerson();
}

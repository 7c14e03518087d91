using System.Text.Json;
using System.Text.RegularExpressions;

namespace Connectors.Databricks.Tests.Chat.Histories;

/// <summary>
/// The rules for the messages of a request, by family, written from the reference and the threads it cites. It shares no code with the
/// connector.
/// </summary>
/// <param name="family">The family.</param>
/// <param name="hasPrefill">Whether the conversation can end with the assistant.</param>
internal sealed partial class ConversationChecker(string family, bool hasPrefill)
{
    private readonly List<string> _violations = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Check(string family, bool hasPrefill, JsonElement messages)
    {
        var checker = new ConversationChecker(family, hasPrefill);
        checker.Check([.. messages.EnumerateArray()]);
        return checker._violations;
    }

    private void Check(List<JsonElement> messages)
    {
        // One system message at most, and first.
        Require(messages.Skip(1).All(message => Role(message) != "system"), "a system message that is not first");
        messages = Role(messages[0]) == "system" ? messages[1..] : messages;
        Require(messages.Count > 0, "no message but that of the system");
        if (messages.Count == 0)
        {
            return;
        }

        Require(family is not ("claude" or "gemini") || Role(messages[0]) == "user", "the first message is not of the user");
        Require(hasPrefill || Role(messages[^1]) != "assistant", "the last message is of the assistant");
        for (var i = 0; i < messages.Count; i++)
        {
            var role = Role(messages[i]);
            Require(role is "user" or "assistant" or "tool", $"role {role}");
            Require(role == "tool" || i == 0 || Role(messages[i - 1]) != role, $"two messages of {role} in a row");
            CheckContent(messages[i], role);
            i += role == "assistant" ? CheckCalls(messages[i], messages[(i + 1)..]) : 0;
            Require(role != "tool", "a result without a call");
        }
    }

    private void CheckContent(JsonElement message, string role)
    {
        var content = message.TryGetProperty("content", out var value) ? value : default;
        var hasCalls = message.TryGetProperty("tool_calls", out _);
        switch (content.ValueKind)
        {
            case JsonValueKind.Null:
                Require(role == "assistant" && hasCalls, $"an empty message of {role}");
                break;
            case JsonValueKind.String:
                CheckText(content.GetString()!, role);
                break;
            case JsonValueKind.Array:
                Require(content.GetArrayLength() > 0, "an empty array");
                var parts = content.EnumerateArray().ToList();
                Require(hasCalls || parts.Exists(part => Type(part) != "reasoning"), "reasoning alone");
                parts.ForEach(part => CheckPart(part, role));
                break;
            default:
                _violations.Add($"content of kind {content.ValueKind}");
                break;
        }
    }

    private void CheckPart(JsonElement part, string role)
    {
        switch (Type(part))
        {
            case "text":
                CheckText(part.GetProperty("text").GetString()!, role);
                break;
            case "reasoning":
                Require(role == "assistant", "reasoning of the user");
                foreach (var item in part.GetProperty("summary").EnumerateArray())
                {
                    Require(
                        family != "claude" || item.TryGetProperty("signature", out _) || item.TryGetProperty("data", out _),
                        "unsigned reasoning");
                }

                break;
            case "image_url":
                break;
            case "own-part":
                Require(role == "assistant" && part.GetProperty("by").GetString() == family, "a part of another model");
                break;
            case var type:
                _violations.Add($"a part of type {type}");
                break;
        }
    }

    private void CheckText(string text, string role) =>
        Require(text.Length > 0 && (family != "claude" || !string.IsNullOrWhiteSpace(text) || role == "tool"), $"blank text of {role}");

    /// <returns>The number of results.</returns>
    private int CheckCalls(JsonElement message, List<JsonElement> rest)
    {
        if (!message.TryGetProperty("tool_calls", out var calls))
        {
            return 0;
        }

        Require(calls.GetArrayLength() > 0, "no calls in tool_calls");
        Require(family != "gpt-oss" || calls.GetArrayLength() == 1, "several calls in a turn");
        var ids = calls.EnumerateArray().Select(call => call.GetProperty("id").GetString()!).ToList();
        var answered = rest.TakeWhile(next => Role(next) == "tool").Select(next => next.GetProperty("tool_call_id").GetString()!).ToList();
        Require(ids.Order().SequenceEqual(answered.Order()), $"results {string.Join(',', answered)} of calls {string.Join(',', ids)}");
        foreach (var id in ids)
        {
            Require(family is not ("claude" or "openai" or "gemini") || _ids.Add(id), $"the id '{id}' twice");
            Require(id.Length > 0, "a call without an id");
            Require(family != "claude" || PlainId().IsMatch(id), $"the id '{id}'");
            Require(family != "openai" || id.Length <= 40, $"the long id '{id}'");
        }

        Require(
            family != "gemini" || calls[0].GetRawText().Contains("thought_signature", StringComparison.Ordinal),
            "a first call without a signature");
        rest.TakeWhile(next => Role(next) == "tool").ToList().ForEach(next => CheckContent(next, "tool"));
        return answered.Count;
    }

    private static string Role(JsonElement message) => message.GetProperty("role").GetString()!;

    private static string Type(JsonElement part) => part.GetProperty("type").GetString()!;

    private void Require(bool holds, string violation)
    {
        if (!holds)
        {
            _violations.Add(violation);
        }
    }

    [GeneratedRegex("^[a-zA-Z0-9_-]+$")]
    private static partial Regex PlainId();
}

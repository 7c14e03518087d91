using System.Net;
using System.Text.Json;

namespace Connectors.Databricks.Comparison.Tests.Harness;

/// <summary>
/// A scripted response in the chat-completions dialect, as untidy as real ones: members in odd order, nulls, empty choices, the finish
/// reason and the usage late, ids that repeat from turn to turn.
/// </summary>
internal sealed record Reply(string Body, HttpStatusCode Status = HttpStatusCode.OK, string MediaType = "application/json")
{
    private const string Usage = """{ "total_tokens": 12, "prompt_tokens_details": null, "completion_tokens": 5, "prompt_tokens": 7 }""";

    private const string Source =
        """ "system_fingerprint": "fp_7", "created": 1764000000, "model": "served-model-2026-11", "id": "chatcmpl-9" """;

    public static Reply Text(string text) =>
        Message($$""" "tool_calls": null, "content": {{Quote(text)}}, "refusal": null, "role": "assistant" """);

    public static Reply Calls(params Call[] calls) => TextAndCalls(null, calls);

    public static Reply TextAndCalls(string? text, params Call[] calls) => Message(
        $$""" "content": {{Quote(text)}}, "tool_calls": [ {{string.Join(" ,", calls.Select(ToolCall))}} ], "role": "assistant" """,
        "tool_calls");

    private static string ToolCall(Call call) => $$"""
        { "function": { "arguments": {{Quote(call.Arguments)}}, "name": {{Quote(call.Name)}} },
          "type": "function", "id": {{Quote(call.Id)}} }
        """;

    public static Reply Message(string members, string finishReason = "stop", string usage = Usage) => new($$"""

        { "object": "chat.completion", "usage": {{usage}},
          "choices": [ { "finish_reason": {{Quote(finishReason)}}, "logprobs": null, "message": { {{members}} }, "index": 0 } ],
          {{Source}} }

        """);

    public static Reply Error(HttpStatusCode status, string code, string message) => new(
        $$"""
        { "error_code": {{Quote(code)}}, "message": {{Quote(message)}},
          "error": { "message": {{Quote(message)}}, "code": {{Quote(code)}}, "type": null, "param": null } }
        """,
        status);

    public static Reply Streamed(params string[] texts) => Stream(texts.Select(TextDelta));

    /// <summary>Calls whose arguments arrive three characters at a time.</summary>
    public static Reply StreamedCalls(params Call[] calls) => StreamedTextAndCalls([], calls);

    public static Reply StreamedTextAndCalls(string[] texts, params Call[] calls) =>
        Stream([.. texts.Select(TextDelta), .. calls.SelectMany(CallDeltas)], "tool_calls");

    private static string TextDelta(string text) => $$"""{"content": {{Quote(text)}} }""";

    private static IEnumerable<string> CallDeltas(Call call, int index)
    {
        var function = $$"""{ "name": {{Quote(call.Name)}}, "arguments": "" }""";
        var start = $$"""{ "function": {{function}}, "id": {{Quote(call.Id)}}, "type": "function", "index": {{index}} }""";
        yield return $$"""{ "content": null, "tool_calls": [ {{start}} ] }""";
        foreach (var piece in call.Arguments.Chunk(3))
        {
            yield return $$"""{"tool_calls": [ {"index": {{index}}, "function": {"arguments": {{Quote(new string(piece))}} } } ] }""";
        }
    }

    public static Reply Stream(IEnumerable<string> deltas, string finishReason = "stop", bool hasUsage = true) => Events(
    [
        Chunk(Choice("""{"role":"assistant","content":""}""")),
        ": ping",
        .. deltas.Select(delta => Chunk(Choice(delta))),
        Chunk(Choice("{}", Quote(finishReason))),
        .. hasUsage ? (string[])[Chunk("", Usage)] : [],
        "data: [DONE]",
    ]);

    private static string Choice(string delta, string finishReason = "null") =>
        $$"""{"finish_reason": {{finishReason}}, "delta": {{delta}}, "index": 0}""";

    private static string Chunk(string choice, string usage = "null") =>
        $$"""data: { "choices": [{{choice}}], "object": "chat.completion.chunk", "usage": {{usage}}, {{Source}} }""";

    /// <summary>A stream of these lines, as they are.</summary>
    public static Reply Events(IEnumerable<string> lines, string end = "") =>
        new(string.Concat(lines.Select(line => line + "\n\n")) + end, MediaType: "text/event-stream");

    private static string Quote(string? text) => JsonSerializer.Serialize(text);
}

using System.Globalization;
using System.Text;

namespace Connectors.Databricks.Benchmarks.Service;

/// <summary>The response bytes of the service: streams in the dialects of the families, and one whole body.</summary>
internal static class Replies
{
    /// <summary>The texts as JSON string contents: one in sixteen has an escape, one in sixteen a non-ASCII letter.</summary>
    private static readonly string[] Words =
    [
        "The", " answer", " depends", " on", " how", " the", " cluster", " is", " configured", ".", @"\n\n", " Caf\u00e9", " tables", ",",
        " for", " example",
    ];

    public static byte[] Stream(StreamDialect dialect, int deltas) => dialect switch
    {
        StreamDialect.Llama => LlamaStream(deltas),
        StreamDialect.Claude => ClaudeStream(deltas),
        StreamDialect.Reasoning => ReasoningStream(deltas),
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, message: null),
    };

    /// <summary>Llama: role and cumulative counts on every chunk (serving reference §5.2).</summary>
    public static byte[] LlamaStream(int deltas) => Events(deltas, static (i, last) =>
        $$$"""
        {"id":"chatcmpl_a7f3","object":"chat.completion.chunk","created":1790000001,"model":"meta-llama-3.3-70b-instruct-121024","choices":[{"index":0,"delta":{"role":"assistant","content":"{{{(last ? "" : Word(i))}}}"},"finish_reason":{{{(last ? "\"stop\"" : "null")}}},"logprobs":null}],"usage":{"prompt_tokens":14,"completion_tokens":{{{i + 1}}},"total_tokens":{{{i + 15}}}}}
        """);

    /// <summary>Claude: id and model follow the choice, and counts are partly null (serving reference §5.3).</summary>
    public static byte[] ClaudeStream(int deltas) => Events(deltas, static (i, last) =>
        Claude($"\"{(last ? "" : Word(i))}\"", i, last));

    /// <summary>
    /// Claude thinking: a half of the deltas is reasoning in arrays, a signature closes it, the rest is text in arrays (serving reference
    /// §5.4).
    /// </summary>
    public static byte[] ReasoningStream(int deltas) => Events(deltas, (i, last) =>
        Claude(
            last ? "\"\"" :
            i < deltas / 2 ? Thought(Word(i), "") :
            i == deltas / 2 ? Thought("", "EqQBCgIYAhIkY2Q5M2VhZjQtMGJlNy00ZmE3") :
            $$"""[{"type":"text","text":"{{Word(i)}}"}]""",
            i,
            last));

    private static string Thought(string text, string signature) =>
        $$"""[{"type":"reasoning","summary":[{"type":"summary_text","text":"{{text}}","signature":"{{signature}}"}]}]""";

    private static string Claude(string content, int i, bool last) =>
        $$$"""
        {"model":"us.anthropic.claude-sonnet-4-5-20250929-v1:0","choices":[{"delta":{"role":"assistant","content":{{{content}}}},"index":0,"finish_reason":{{{(last ? "\"stop\"" : "null")}}}}],"usage":{"cache_read_input_tokens":0,"completion_tokens":{{{(last ? i.ToString(CultureInfo.InvariantCulture) : "null")}}},"prompt_tokens":586,"total_tokens":null,"cache_creation_input_tokens":0},"object":"chat.completion.chunk","id":"msg_bdrk_01AbCdEf","created":1763389135}
        """;

    private static byte[] Events(int deltas, Func<int, bool, string> chunk)
    {
        var text = new StringBuilder();
        for (var i = 0; i <= deltas; i++)
        {
            text.Append("data: ").Append(chunk(i, i == deltas)).Append("\n\n");
        }

        return Encoding.UTF8.GetBytes(text.Append("data: [DONE]\n\n").ToString());
    }

    public static string Word(int i) => Words[i % Words.Length];

    /// <summary>A call of one tool: its name on the first chunk, its arguments in fragments (serving reference §5.5).</summary>
    public static byte[] ToolCallStream(int fragments) => Events(fragments, (i, last) =>
        last ? Chunk("{}", "\"tool_calls\"") :
        i == 0 ? Chunk(
            """{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a7f3","type":"function","function":{"name":"run_sql","arguments":"{\"sql\":\"SELECT"}}]}""",
            "null") :
        Chunk(
            $$$"""{"tool_calls":[{"index":0,"function":{"arguments":"{{{(i == fragments - 1 ? "\\\"}" : " 1,")}}}"}}]}""",
            "null"));

    /// <summary>The joined fragments.</summary>
    public static string ToolCallText(int fragments) => $"run_sql SELECT{string.Concat(Enumerable.Repeat(" 1,", fragments - 2))}";

    private static string Chunk(string delta, string finishReason) =>
        $$$"""
        {"id":"chatcmpl_a7f3","object":"chat.completion.chunk","created":1790000001,"model":"meta-llama-3.3-70b-instruct-121024","choices":[{"index":0,"delta":{{{delta}}},"finish_reason":{{{finishReason}}}}]}
        """;

    /// <summary>A response of a number of words.</summary>
    public static byte[] Document(int words = 40)
    {
        var text = string.Concat(Enumerable.Range(0, words).Select(Word));
        return Encoding.UTF8.GetBytes(
            $$$"""
            {"id":"chatcmpl_a7f3","object":"chat.completion","created":1790000001,"model":"meta-llama-3.3-70b-instruct-121024","choices":[{"index":0,"message":{"role":"assistant","content":"{{{text}}}"},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":14,"completion_tokens":40,"total_tokens":54}}
            """);
    }
}

using System.Text;

namespace Connectors.Databricks.Tests.Chat.Fuzz;

/// <summary>One whole stream of each dialect (serving reference §5), with text that UTF-8 writes in one to four bytes.</summary>
internal static class ValidStreams
{
    private static readonly Dictionary<string, string[]> Dialects = new(StringComparer.Ordinal)
    {
        ["llama"] =
        [
            """{"id":"c1","object":"chat.completion.chunk","created":1790000001,"model":"llama","choices":[{"index":0,"delta":{"role":"assistant","content":"Grüße "},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":14,"completion_tokens":1,"total_tokens":15}}""",
            """{"id":"c1","object":"chat.completion.chunk","created":1790000001,"model":"llama","choices":[{"index":0,"delta":{"role":"assistant","content":"aus 東京 🗼"},"finish_reason":"stop","logprobs":null}],"usage":{"prompt_tokens":14,"completion_tokens":2,"total_tokens":16}}""",
        ],
        ["claude"] =
        [
            """{"model":"us.anthropic","choices":[{"delta":{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Té","signature":""}]}]},"index":0,"finish_reason":null}],"usage":{"completion_tokens":null,"prompt_tokens":586,"total_tokens":null},"id":"msg_1","created":1763389135}""",
            """{"model":"us.anthropic","choices":[{"delta":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"","signature":"Eq+/=="}]}]},"index":0,"finish_reason":null}],"id":"msg_1"}""",
            """{"model":"us.anthropic","choices":[{"delta":{"content":"Blau\n"},"index":0,"finish_reason":"end_turn"}],"usage":{"completion_tokens":9,"prompt_tokens":586,"total_tokens":595},"id":"msg_1"}""",
        ],
        ["openai"] =
        [
            """{"id":"c2","choices":[],"prompt_filter_results":[]}""",
            """{"id":"c2","choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"finish_reason":null}]}""",
            """{"id":"c2","choices":[{"index":0,"delta":{"content":"Hi \ud83d\ude00"},"finish_reason":null}]}""",
            """{"id":"c2","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""",
            """{"id":"c2","choices":[],"usage":{"prompt_tokens":8,"completion_tokens":3,"total_tokens":11}}""",
        ],
        ["inkling"] =
        [
            """{"id":"c3","choices":[{"index":0,"delta":{"reasoning_content":"Denk "}}]}""",
            """{"id":"c3","choices":[{"index":0,"delta":{"reasoning_content":"nach."}}]}""",
            """{"id":"c3","choices":[{"index":0,"delta":{"content":"Blau."}}]}""",
        ],
        ["llama-on"] =
        [
            """{"id":"c5","created":1790000001,"choices":[{"index":0,"delta":{"role":"assistant","content":"Eins, "},"finish_reason":null}],"usage":{"prompt_tokens":14,"completion_tokens":1,"total_tokens":15}}""",
            """{"id":"c5","created":1790000001,"choices":[{"index":0,"delta":{"role":"assistant","content":"zwei, "},"finish_reason":null}],"usage":{"prompt_tokens":14,"completion_tokens":2,"total_tokens":16}}""",
            """{"id":"c5","created":1790000001,"choices":[{"index":0,"delta":{"role":"assistant","content":"東京 🗼 "},"finish_reason":null}],"usage":{"prompt_tokens":14,"completion_tokens":9,"total_tokens":23}}""",
            """{"id":"c5","created":1790000002,"choices":[{"index":0,"delta":{"role":"assistant","content":"\"vier\" "},"finish_reason":null}],"usage":{"prompt_tokens":14,"completion_tokens":10,"total_tokens":24}}""",
            """{"id":"c5","created":1790000002,"choices":[{"index":0,"delta":{"role":"assistant","content":"fünf."},"finish_reason":null}],"usage":{"prompt_tokens":14,"completion_tokens":11,"total_tokens":25}}""",
            """{"id":"c5","created":1790000002,"choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":"stop"}],"usage":{"prompt_tokens":14,"completion_tokens":12,"total_tokens":26}}""",
        ],
        ["inkling-on"] =
        [
            """{"id":"c6","choices":[{"index":0,"delta":{"reasoning_content":"Denk "}}]}""",
            """{"id":"c6","choices":[{"index":0,"delta":{"reasoning_content":"noch "}}]}""",
            """{"id":"c6","choices":[{"index":0,"delta":{"reasoning_content":"einmal "}}]}""",
            """{"id":"c6","choices":[{"index":0,"delta":{"reasoning_content":"nach."}}]}""",
            """{"id":"c6","choices":[{"index":0,"delta":{"content":"Blau, "}}]}""",
            """{"id":"c6","choices":[{"index":0,"delta":{"content":"blau, "}}]}""",
            """{"id":"c6","choices":[{"index":0,"delta":{"content":"blau."}}]}""",
        ],
        ["agent"] =
        [
            """{"id":"run","delta":{"role":"assistant","content":"Ich ","id":"m1"}}""",
            """{"id":"run","delta":{"role":"assistant","content":"sehe.","id":"m1"}}""",
            """{"id":"run","delta":{"role":"assistant","content":"Blau.","id":"m2"},"finish_reason":"stop"}""",
        ],
        ["repeated-id-calls"] =
        [
            """{"id":"c7","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"one","arguments":"{\"x\""}}]}}]}""",
            """{"id":"c7","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"a","type":"function","function":{"name":"one","arguments":"{\"x\":\"é\"}"}}]}}]}""",
            """{"id":"c7","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"a","type":"function","function":{"name":"two","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}""",
        ],
        ["null-deltas"] =
        [
            """{"id":"c8","choices":[{"index":0,"delta":{"role":"assistant","content":"Grüße"},"finish_reason":null}]}""",
            """{"id":"c8","choices":[{"index":0,"delta":null,"finish_reason":null,"content_filter_results":{"hate":{"filtered":false}}}]}""",
            """{"id":"c8","choices":[{"index":0,"delta":{"content":null,"tool_calls":null},"finish_reason":null}]}""",
            """{"id":"c8","choices":[{"index":0,"finish_reason":null}]}""",
            """{"id":"c8","choices":[{"index":0,"delta":null,"finish_reason":"stop"}]}""",
        ],
        ["signature-only"] =
        [
            """{"id":"c9","choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"reasoning","summary":[{"type":"summary_text","text":"","signature":"Eq+/=="}]}]}}]}""",
            """{"id":"c9","choices":[{"index":0,"delta":{"content":[{"type":"reasoning","summary":[{"type":"summary_text","signature":"Ab=="}]}]}}]}""",
            """{"id":"c9","choices":[{"index":0,"delta":{"content":"Blau."},"finish_reason":"stop"}]}""",
        ],
        ["kimi-calls"] =
        [
            """{"id":"c4","choices":[{"index":0,"delta":{"role":"assistant","content":"Moment."}}]}""",
            """{"id":"c4","choices":[{"index":0,"delta":{"tool_calls":[{"id":"a","type":"function","function":{"name":"one","arguments":"{\"x\":"}}]}}]}""",
            """{"id":"c4","choices":[{"index":0,"delta":{"tool_calls":[{"function":{"arguments":"\"é\"}"}}]}}]}""",
            """{"id":"c4","choices":[{"index":0,"delta":{"tool_calls":[{"id":"b","type":"function","function":{"name":"two","arguments":"{}"}}]}}]}""",
        ],
    };

    public static TheoryData<string, string> Names()
    {
        var data = new TheoryData<string, string>();
        foreach (var dialect in Dialects.Keys)
        {
            data.Add(dialect, "\n");
            data.Add(dialect, "\r\n");
        }

        return data;
    }

    public static byte[] Bytes(string dialect, string lineEnd)
    {
        var stream = new StringBuilder().Append(": open").Append(lineEnd).Append(lineEnd);
        foreach (var item in Dialects[dialect].Append("[DONE]"))
        {
            stream.Append("data: ").Append(item).Append(lineEnd).Append(lineEnd);
        }

        return Encoding.UTF8.GetBytes(stream.ToString());
    }
}

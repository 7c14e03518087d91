namespace Connectors.Databricks.Tests.Emulator.Dialects;

public class GptOssDialectTests
{
    [Fact]
    public async Task Gpt_oss_sends_content_as_an_array()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-oss-120b").Replies("Hi.", reasoning: "Well.");

        string answer = await wire.ReadAsync(
            "databricks-gpt-oss-120b",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-oss-120b-080525","choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"reasoning",
              "summary":[{"type":"summary_text","text":"Well"}]}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":1,"total_tokens":3}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-oss-120b-080525","choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"reasoning",
              "summary":[{"type":"summary_text","text":"."}]}]},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":2,"total_tokens":4}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-oss-120b-080525","choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"text","text":"Hi"}]},
              "finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-oss-120b-080525","choices":[{"index":0,"delta":{"role":"assistant","content":[{"type":"text","text":"."}]},
              "finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":4,"total_tokens":6}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-oss-120b-080525","choices":[{"index":0,"delta":{},"finish_reason":"stop","logprobs":null}],
              "usage":{"prompt_tokens":2,"completion_tokens":4,"total_tokens":6}}

            data: [DONE]


            """),
            answer);
    }

    [Fact]
    public async Task Streamed_tool_calls_are_written_as_the_family_writes_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-gpt-oss-120b").CallsTools(("now", "{}"), ("add", "{\"a\":1}"));

        string answer = await wire.ReadAsync(
            "databricks-gpt-oss-120b",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-oss-120b-080525","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,
              "id":"call_cf4b2520-d54a-49f0-ad25-42aed25bc49c","type":"function","function":{"name":"now","arguments":"{}"}}]},
              "finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-oss-120b-080525","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":1,
              "id":"call_0e159411-83b4-4830-9260-d3612f38f181","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]},
              "finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":11,"total_tokens":13}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"gpt-oss-120b-080525","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls","logprobs":null}],
              "usage":{"prompt_tokens":2,"completion_tokens":11,"total_tokens":13}}

            data: [DONE]


            """),
            answer);
    }

    [Theory]
    [InlineData("databricks-gpt-oss-120b", "\"max_tokens\":3")]
    [InlineData("databricks-inkling", "\"max_tokens\":3")]
    [InlineData("databricks-kimi-k3", "\"max_tokens\":3,\"reasoning_effort\":\"high\"")]
    [InlineData("databricks-gpt-5-2", "\"max_completion_tokens\":3,\"reasoning_effort\":\"high\"")]
    public async Task The_output_limit_includes_the_reasoning(string endpoint, string options)
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.ReadAsync(endpoint, $$"""{"messages":[{"role":"user","content":"Count to 100"}],{{options}}}""");

        Assert.Contains("\"finish_reason\":\"length\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"completion_tokens\":3,", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_answer_has_no_text_part()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.ReadAsync(
            "databricks-gpt-oss-120b", """{"messages":[{"role":"user","content":"Count to 100"}],"max_tokens":20}""");

        Assert.Contains("\"finish_reason\":\"length\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"reasoning\"", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("\"type\":\"text\"", answer, StringComparison.Ordinal);
    }
}

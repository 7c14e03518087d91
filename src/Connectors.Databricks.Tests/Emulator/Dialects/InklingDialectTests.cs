namespace Connectors.Databricks.Tests.Emulator.Dialects;

public class InklingDialectTests
{
    [Fact]
    public async Task Streamed_tool_calls_are_written_as_the_family_writes_them()
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-inkling").CallsTools(("now", "{}"), ("add", "{\"a\":1}"));

        string answer = await wire.ReadAsync(
            "databricks-inkling",
            """{"messages":[{"role":"user","content":"Hello there"}],"stream":true}""");

        Assert.Equal(
            Wire.Unwrapped("""
            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"inkling-1-0926","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,
              "id":"call_cf4b2520-d54a-49f0-ad25-42aed25bc49c","type":"function","function":{"name":"now","arguments":"{}"}}]},
              "finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":3,"total_tokens":5}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"inkling-1-0926","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,
              "id":"call_0e159411-83b4-4830-9260-d3612f38f181","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]},
              "finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,"completion_tokens":11,"total_tokens":13}}

            data: {"id":"chatcmpl-282d656f-1dac-4f4c-b165-9132adb381fb","object":"chat.completion.chunk","created":1790000000,
              "model":"inkling-1-0926","choices":[{"index":0,"delta":{},"finish_reason":null,"logprobs":null}],"usage":{"prompt_tokens":2,
              "completion_tokens":11,"total_tokens":13}}

            data: [DONE]


            """),
            answer);
    }

    [Theory]
    [InlineData("stop", "null")]
    [InlineData("length", "\"length\"")]
    public async Task A_stream_has_a_finish_reason_only_when_it_is_truncated(string finishReason, string streamed)
    {
        await using Wire wire = await Wire.OpenAsync();
        wire.Emulator.Endpoint("databricks-inkling").Replies("Hi", finishReason: finishReason);

        string answer = await wire.ReadAsync("databricks-inkling", """{"messages":[{"role":"user","content":"Hello"}],"stream":true}""");

        Assert.Contains($"\"delta\":{{}},\"finish_reason\":{streamed}", answer, StringComparison.Ordinal);
    }
}

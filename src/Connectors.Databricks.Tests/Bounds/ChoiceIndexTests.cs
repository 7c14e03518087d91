using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Bounds;

/// <summary>An index of another kind does not count as absent: the text would go to another choice.</summary>
public class ChoiceIndexTests
{
    public static TheoryData<string> Others => ["-1", "0.5", "99999999999", "1e99", "\"first\"", "\"-1\"", "\"\"", "true", "{}", "[1]"];

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Of_a_text_completion(string index) => await AssertMalformed(
        () => Completing.Reads(Choices($$"""{"index":{{index}},"text":"a","finish_reason":"stop"}""")));

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Of_a_text_completion_stream(string index) => await AssertMalformed(
        () => Completing.ReadsStream(Choices($$"""{"index":{{index}},"text":"a","finish_reason":"stop"}"""), "[DONE]"));

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Of_a_chat(string index) => await AssertMalformed(
        () => Chat(new VerbatimService().Answers(Choices($$$"""{"index":{{{index}}},"message":{"content":"a"}}""")))
            .GetResponseAsync("Hi"));

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Of_a_chat_stream(string index) =>
        await AssertMalformed(() => Stream($$$"""{"index":{{{index}}},"delta":{"content":"a"}}"""));

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Of_a_chat_stream_after_the_delta(string index) =>
        await AssertMalformed(() => Stream($$"""{"delta":{"content":"a"},"index":{{index}}}"""));

    [Theory]
    [MemberData(nameof(Others))]
    public async Task Of_a_tool_call(string index) => await AssertMalformed(
        () => Stream($$$"""{"delta":{"tool_calls":[{"index":{{{index}}},"id":"a","function":{"name":"f","arguments":"{}"}}]}}"""));

    [Theory]
    [InlineData("1")]
    [InlineData("1.0")]
    [InlineData("\"1\"")]
    public async Task Integers_and_their_text_are_read(string index)
    {
        var completion = await Completing.Reads(
            $$"""{"choices":[{"index":{{index}},"text":"b"},{"index":0,"text":"a"}]}""", prompts: 2);

        Assert.Equal([(0, "a"), (1, "b")], completion.Choices.Select(choice => (choice.Index, choice.Text)));
    }

    [Fact]
    public async Task Null_is_absent() =>
        Assert.Equal("a", (await Completing.Reads(Choices("""{"index":null,"text":"a"}"""))).Text);

    private static string Choices(string choice) => $$"""{"choices":[{{choice}}]}""";

    private static IChatClient Chat(VerbatimService service) => service.Client().GetChatClient(VerbatimService.EndpointName);

    private static Task<ChatResponse> Stream(string choice) =>
        Chat(new VerbatimService().Streams(Exchange.Events(Choices(choice), "[DONE]")))
            .GetStreamingResponseAsync("Hi").ToChatResponseAsync();

    private static async Task AssertMalformed(Func<Task> read)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(read);

        Assert.Contains("is not an integer from 0", exception.InnerException!.Message, StringComparison.Ordinal);
    }
}

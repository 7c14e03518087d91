using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Connectors.Databricks.SemanticKernel.Tests.Chat;

public class StreamTests
{
    private static readonly PromptExecutionSettings Auto = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    [Fact]
    public async Task Functions_run_in_the_middle_of_a_stream()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""", text: "Let me see. ").Replies("Sunny.");
        ChatHistory history = [new(AuthorRole.User, "Weather?")];

        var updates = await ReadAsync(fixture, history, Auto);

        Assert.Equal("Let me see. Sunny.", string.Concat(updates.Select(update => update.Content)));
        Assert.Equal(["Weather(Bonn)"], fixture.City.Calls);
        var call = Assert.Single(updates.SelectMany(update => update.Items).OfType<StreamingFunctionCallUpdateContent>());
        Assert.Equal(("City-Weather", """{"city":"Bonn"}""", 0, 0), (call.Name, call.Arguments, call.FunctionCallIndex, call.RequestIndex));
        Assert.Equal([AuthorRole.User, AuthorRole.Assistant, AuthorRole.Tool], history.Select(message => message.Role));
        Assert.Equal("Let me see. ", history[1].Content);
        Assert.Equal("Sunny in Bonn", history[2].Content);
        Assert.DoesNotContain(updates, update => update.Role == AuthorRole.Tool);
    }

    [Fact]
    public async Task A_builder_of_calls_puts_a_stream_together()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTools(("City-Weather", """{"city":"Bonn"}"""), ("City-Count", """{"men":1,"women":2}"""));
        var builder = new FunctionCallContentBuilder();
        PromptExecutionSettings manual = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: false) };

        foreach (var update in await ReadAsync(fixture, [new(AuthorRole.User, "Weather?")], manual))
        {
            builder.Append(update);
        }

        var calls = builder.Build();
        Assert.Equal(["City.Weather", "City.Count"], calls.Select(call => $"{call.PluginName}.{call.FunctionName}"));
        Assert.Equal("Sunny in Bonn", (await calls[0].InvokeAsync(fixture.Kernel)).Result?.ToString());
        Assert.Equal("3", (await calls[1].InvokeAsync(fixture.Kernel)).Result?.ToString());
    }

    [Fact]
    public async Task A_filter_that_terminates_ends_the_stream_with_the_result()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.CallsTool("City-Weather", """{"city":"Bonn"}""").Replies("Later.");
        fixture.Kernel.AutoFunctionInvocationFilters.Add(new Filter(async (context, next) =>
        {
            Assert.True(context.IsStreaming);
            await next(context);
            context.Terminate = true;
        }));
        ChatHistory history = [new(AuthorRole.User, "Weather?")];

        var updates = await ReadAsync(fixture, history, Auto);

        Assert.Equal((AuthorRole.Tool, "Sunny in Bonn"), (updates[^1].Role!.Value, updates[^1].Content));
        Assert.Equal(3, history.Count);
        Assert.Single(fixture.Endpoint.Requests);
    }

    [Fact]
    public async Task The_last_update_counts_the_tokens_and_says_why_the_answer_ended()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.Replies("Sunny.");

        var updates = await ReadAsync(fixture, [new(AuthorRole.User, "Weather?")], settings: null);

        var usage = Assert.IsType<UsageDetails>(updates[^1].Metadata!["Usage"]);
        Assert.Equal(usage.TotalTokenCount, usage.InputTokenCount + usage.OutputTokenCount);
        Assert.Single(updates, update => update.Metadata!["Usage"] is not null);
        Assert.Single(updates, update => (string?)update.Metadata!["FinishReason"] == "Stop");
        Assert.All(updates, update => Assert.Equal(updates[0].Metadata!["CompletionId"], update.Metadata!["CompletionId"]));
        Assert.NotNull(updates[0].Metadata!["Id"]);
    }

    [Fact]
    public async Task A_stream_says_about_itself_what_a_whole_answer_does()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Llama);
        fixture.Endpoint.StreamsRaw(
            """data: {"id":"chatcmpl-1","created":1763000000,"model":"llama-3.3","choices":[{"index":0,"delta":{"role":"assistant","content":"Sunny."},"finish_reason":"length"}]}""" + "\n\n",
            """data: {"id":"chatcmpl-1","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15,"prompt_tokens_details":{"cached_tokens":4},"completion_tokens_details":{"reasoning_tokens":3}}}""" + "\n\n",
            "data: [DONE]\n\n");

        var updates = await ReadAsync(fixture, [new(AuthorRole.User, "Weather?")], settings: null);

        var said = updates.SelectMany(update => update.Metadata!).Where(item => item.Value is not null)
            .ToLookup(item => item.Key, item => item.Value);
        Assert.All(said["Id"], id => Assert.Equal("chatcmpl-1", id));
        Assert.All(said["CreatedAt"], time => Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1763000000), time));
        Assert.Equal(["Length"], said["FinishReason"]);
        Assert.Equal([4L], said["CachedInputTokenCount"]);
        Assert.Equal([3L], said["ReasoningTokenCount"]);
        Assert.Contains(fixture.Endpoint.Requests[0].RequestId, said["RequestId"]);
        Assert.Equal(15, Assert.IsType<UsageDetails>(Assert.Single(said["Usage"])).TotalTokenCount);
        Assert.Contains(updates, update => update.ModelId == "llama-3.3");
    }

    [Fact]
    public async Task Each_of_several_choices_has_its_index()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Llama);
        fixture.Endpoint.StreamsRaw(
            """data: {"id":"r","choices":[{"index":0,"delta":{"role":"assistant","content":"One"}},{"index":1,"delta":{"content":"Two"}}]}""" + "\n\n",
            """data: {"id":"r","choices":[{"index":0,"delta":{},"finish_reason":"stop"},{"index":1,"delta":{},"finish_reason":"length"}]}""" + "\n\n",
            "data: [DONE]\n\n");

        var updates = await ReadAsync(
            fixture, [new(AuthorRole.User, "Say it.")], new DatabricksPromptExecutionSettings { ChoiceCount = 2 });

        Assert.Equal(
            ["0: One", "1: Two"],
            updates.Where(update => update.Content is not null).Select(update => $"{update.ChoiceIndex}: {update.Content}"));
        Assert.Equal(["0: Stop", "1: Length"], updates.Where(update => update.Metadata!["FinishReason"] is not null)
            .Select(update => $"{update.ChoiceIndex}: {update.Metadata!["FinishReason"]}"));
    }

    [Fact]
    public async Task A_canceled_stream_is_not_a_service_failure()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.Replies("One two three four five six seven.");
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in fixture.Chat.GetStreamingChatMessageContentsAsync("Count.", cancellationToken: source.Token))
            {
                await source.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task The_prompt_of_a_text_generation_is_a_user_message()
    {
        await using var fixture = await EmulatedKernel.StartAsync(EmulatedKernel.Gpt);
        fixture.Endpoint.Replies("Sunny.");
        var service = fixture.Kernel.GetRequiredService<Microsoft.SemanticKernel.TextGeneration.ITextGenerationService>();
        var text = "";

        await foreach (var update in service.GetStreamingTextContentsAsync("Weather?"))
        {
            text += update.Text;
        }

        Assert.Equal("Sunny.", text);
        Assert.Equal("""[{"role":"user","content":"Weather?"}]""", fixture.Sent()["messages"]!.ToJsonString());
    }

    private static async Task<List<StreamingChatMessageContent>> ReadAsync(
        EmulatedKernel fixture, ChatHistory history, PromptExecutionSettings? settings)
    {
        List<StreamingChatMessageContent> updates = [];
        await foreach (var update in fixture.Chat.GetStreamingChatMessageContentsAsync(history, settings, fixture.Kernel))
        {
            updates.Add(update);
        }

        return updates;
    }
}

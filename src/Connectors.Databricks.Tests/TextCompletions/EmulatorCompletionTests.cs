using Connectors.Databricks.Emulator;
using Microsoft.Extensions.AI;
using Moq;

namespace Connectors.Databricks.Tests.TextCompletions;

/// <summary>The whole path over real HTTP, with the emulator at its end.</summary>
public sealed class EmulatorCompletionTests : IAsyncLifetime
{
    private const string Endpoint = "text-base";

    private DatabricksEmulator _emulator = null!;
    private DatabricksServingClient _serving = null!;

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync();
        _serving = new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token));
    }

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Fact]
    public async Task A_stream_says_the_same_as_a_whole_answer()
    {
        const string text = "there was a bridge over the Größe, and that is all.";
        _emulator.Endpoint(Endpoint).Replies(text).Replies(text);

        var whole = await _serving.CompleteAsync(Endpoint, "Once upon a time");
        var updates = new List<DatabricksCompletionUpdate>();
        await foreach (var update in _serving.CompleteStreamingAsync(Endpoint, "Once upon a time"))
        {
            updates.Add(update);
        }

        Assert.Equal((text, text), (whole.Text, string.Concat(updates.Select(update => update.Text))));
        Assert.Equal(ChatFinishReason.Stop, whole.Choices[0].FinishReason);
        Assert.Equal(whole.Usage!.TotalTokenCount, updates[^1].Usage!.TotalTokenCount);
        Assert.True(updates.Count > 5, "The text came in one piece.");
    }

    [Fact]
    public async Task Several_prompts_with_several_choices_come_in_order()
    {
        var options = new DatabricksCompletionOptions { ChoiceCount = 2, Echo = true };

        var completion = await _serving.CompleteAsync(Endpoint, ["Say 'one'. ", "Say 'two'. "], options);

        Assert.Equal(
            ["Say 'one'. one", "Say 'one'. Version 2: one", "Say 'two'. two", "Say 'two'. Version 2: two"],
            completion.Choices.Select(choice => choice.Text));
    }

    [Fact]
    public async Task A_completion_endpoint_does_not_call_itself_an_agent() => Assert.StartsWith(
        $"Hello! I am an emulated text model ({Endpoint}).", (await _serving.CompleteAsync(Endpoint, "Hello!")).Text,
        StringComparison.Ordinal);

    [Fact]
    public async Task A_limit_ends_a_completion()
    {
        var completion = await _serving.CompleteAsync(Endpoint, "Count to 9", new() { MaxOutputTokens = 3 });

        Assert.Equal(ChatFinishReason.Length, completion.Choices[0].FinishReason);
        Assert.Equal(3, completion.Usage!.OutputTokenCount);
    }

    [Fact]
    public async Task A_prompt_that_is_too_long_is_refused_or_cut()
    {
        var prompt = string.Join(' ', Enumerable.Repeat("word", 5_000));

        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => _serving.CompleteAsync(
            Endpoint, prompt, new() { ErrorBehavior = DatabricksCompletionErrorBehavior.Error }));
        var cut = await _serving.CompleteAsync(Endpoint, prompt, new() { ErrorBehavior = DatabricksCompletionErrorBehavior.Truncate });

        Assert.Equal("Bad request: prompt: 5000 tokens exceed the limit of 4096", exception.ServiceMessage!.Trim());
        Assert.Equal(4096, cut.Usage!.InputTokenCount);
    }

    [Theory]
    [InlineData("databricks-meta-llama-3-3-70b-instruct")]
    [InlineData("databricks-claude-sonnet-4-5")]
    [InlineData("databricks-gpt-5-2")]
    [InlineData("databricks-gemini-3-1-pro")]
    [InlineData("support-agent")]
    [InlineData("churn-v1")]
    [InlineData("databricks-gte-large-en")]
    public async Task An_endpoint_of_another_task_says_which_call_to_use(string endpoint)
    {
        var exception = await Assert.ThrowsAsync<DatabricksServingException>(() => _serving.CompleteAsync(endpoint, "Once upon a time"));

        Assert.Contains("If its task is chat, call GetChatClient(name).GetResponseAsync", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_the_service_cuts_throws()
    {
        _emulator.Endpoint(Endpoint).CutsTheStreamAfter(2).Replies("one two three four");

        await Assert.ThrowsAsync<DatabricksServingException>(async () =>
        {
            await foreach (var update in _serving.CompleteStreamingAsync(Endpoint, "Count"))
            {
                Assert.NotNull(update);
            }
        });
    }

    [Fact]
    public async Task A_program_can_mock_it()
    {
        var serving = new Mock<DatabricksServingClient>();
        serving.Setup(client => client.CompleteAsync("base", "Once", null, default))
            .ReturnsAsync(new DatabricksCompletion([new DatabricksCompletionChoice { Text = " upon a time" }]));

        Assert.Equal(" upon a time", (await serving.Object.CompleteAsync("base", "Once")).Text);
    }
}

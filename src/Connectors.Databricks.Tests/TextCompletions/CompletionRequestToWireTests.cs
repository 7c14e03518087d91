using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.TextCompletions;

/// <summary>Every parameter of serving reference §7.1.</summary>
public class CompletionRequestToWireTests
{
    [Fact]
    public Task One_prompt_is_sent_as_a_text() => Completing.Sends("""{"prompt":"Once"}""");

    [Fact]
    public async Task Several_prompts_are_sent_as_a_list()
    {
        var service = new VerbatimService().Answers(Completing.Answer(2));

        await service.Client().CompleteAsync("some-endpoint", ["Once", "Zwölf"]);

        Assert.Equal("""{"prompt":["Once","Zwölf"]}""", service.Sent[0].Body);
    }

    [Fact]
    public async Task A_list_of_one_stays_a_list()
    {
        var service = new VerbatimService().Answers(Completing.Answer(1));

        await service.Client().CompleteAsync("some-endpoint", new[] { "Once" });

        Assert.Equal("""{"prompt":["Once"]}""", service.Sent[0].Body);
    }

    [Fact]
    public async Task A_stream_asks_for_one()
    {
        var service = new VerbatimService().Streams(
            Exchange.Events("""{"choices":[{"index":0,"text":"x","finish_reason":"stop"}]}""", "[DONE]"));

        await Completing.Collect(service);

        Assert.Equal("""{"prompt":["Once"],"stream":true}""", service.Sent[0].Body);
        Assert.Equal("text/event-stream, application/json", service.Sent[0].Headers["Accept"]);
    }

    [Fact]
    public Task Every_option_is_sent_once() => Completing.Sends(
        """
        {"prompt":"Once","max_tokens":100,"temperature":0.2,"top_p":0.5,"top_k":7,"n":2,"stop":["END","\n"],"suffix":" the end.",
         "echo":true,"error_behavior":"truncate","use_raw_prompt":false,"usage_context":{"team":"search"}}
        """,
        new DatabricksCompletionOptions
        {
            MaxOutputTokens = 100,
            Temperature = 0.2f,
            TopP = 0.5f,
            TopK = 7,
            ChoiceCount = 2,
            StopSequences = ["END", "\n"],
            Suffix = " the end.",
            Echo = true,
            ErrorBehavior = DatabricksCompletionErrorBehavior.Truncate,
            UseRawPrompt = false,
            AdditionalProperties = new Dictionary<string, object?>
            {
                ["usage_context"] = new Dictionary<string, object?> { ["team"] = "search" },
                ["prompt"] = "never sent",
                ["stream"] = true,
            },
        });

    [Theory]
    [InlineData("error")]
    [InlineData("whatever comes")]
    public Task An_error_behavior_is_sent_as_given(string word) => Completing.Sends(
        $$"""{"prompt":"Once","error_behavior":"{{word}}"}""",
        new DatabricksCompletionOptions { ErrorBehavior = new DatabricksCompletionErrorBehavior(word) });

    public static TheoryData<DatabricksCompletionOptions, string> Nonsense => new()
    {
        { new() { MaxOutputTokens = 0 }, "DatabricksCompletionOptions.MaxOutputTokens is 0. Use 1 or more, or leave it unset." },
        { new() { TopK = -1 }, "DatabricksCompletionOptions.TopK is -1. Use 1 or more, or leave it unset." },
        { new() { ChoiceCount = 0 }, "DatabricksCompletionOptions.ChoiceCount is 0. Use 1 or more, or leave it unset." },
        { new() { Temperature = -0.1f }, "DatabricksCompletionOptions.Temperature is -0.1, which no model accepts." },
        { new() { Temperature = float.NaN }, "DatabricksCompletionOptions.Temperature is NaN, which no model accepts." },
        { new() { TopP = 1.1f }, "DatabricksCompletionOptions.TopP is 1.1, which no model accepts." },
        {
            new() { StopSequences = ["END", ""] },
            "DatabricksCompletionOptions.StopSequences holds an empty sequence, which would stop every completion at once."
        },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task What_no_model_could_mean_is_refused(DatabricksCompletionOptions options, string message) =>
        Assert.Equal($"{message} (Parameter 'options')", (await Completing.Refusal<ArgumentException>(options)).Message);

    [Fact]
    public void A_stream_refuses_it_at_the_call() => Assert.Throws<ArgumentException>(
        "options", () => new VerbatimService().Client().CompleteStreamingAsync("some-endpoint", "Once", new() { TopK = 0 }));

    [Fact]
    public async Task Prompts_must_be_there()
    {
        var serving = new VerbatimService().Client();

        await Assert.ThrowsAsync<ArgumentException>("prompts", () => serving.CompleteAsync("some-endpoint", new List<string>()));
        await Assert.ThrowsAsync<ArgumentException>("prompts", () => serving.CompleteAsync("some-endpoint", new[] { "a", null! }));
        Assert.Throws<ArgumentNullException>("prompt", () => { _ = serving.CompleteAsync("some-endpoint", (string)null!); });
        Assert.Throws<ArgumentNullException>("prompts", () => { _ = serving.CompleteAsync("some-endpoint", (IEnumerable<string>)null!); });
        Assert.Throws<ArgumentException>("endpointName", () => { _ = serving.CompleteAsync("", "Once"); });
    }
}

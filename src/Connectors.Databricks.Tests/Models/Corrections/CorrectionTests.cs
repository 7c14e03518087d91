using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Models.Corrections;

/// <summary>The life of a correction: applied, remembered, reported, cleared; and what is never corrected.</summary>
public class CorrectionTests
{
    private const string Refusal = """{"error_code":"BAD_REQUEST","message":"{\"message\":\"seed: Extra inputs are not permitted\"}"}""";
    private const string Words = "seed: Extra inputs are not permitted";

    private static readonly ChatOptions Seeded = new() { Seed = 7 };

    [Fact]
    public async Task A_correction_is_kept_and_reported()
    {
        var clock = new FakeClock();
        using var log = new FakeLoggerFactory();
        var service = Refusing(1);
        var serving = service.Client(options => (options.TimeProvider, options.LoggerFactory) = (clock, log));
        var chat = serving.GetChatClient("some-endpoint");

        var first = await chat.GetResponseAsync("Hello?", Seeded);
        await chat.GetResponseAsync("Hello?", Seeded);

        Assert.Equal([true, false, false], service.Sent.Select(HasSeed));
        Assert.Equal(
            [new DatabricksRequestAdjustment("seed", "left out", $"the endpoint rejected it: \"{Words}\"", affectsAnswer: false)],
            first.GetRequestAdjustments());
        var now = clock.GetUtcNow();
        Assert.Equal(
            [new DatabricksParameterCorrection("some-endpoint", "seed", "left out", Words, now, now.AddDays(1))], serving.GetCorrections());
        Assert.Equal(["seed"], serving.GetModelInfo("some-endpoint")!.UnsupportedParameters);
        Assert.Equal(
            ["Warning: Endpoint 'some-endpoint' rejected the parameter 'seed': left out in later requests."], log.Collector.Shown());
    }

    [Fact]
    public async Task A_correction_expires()
    {
        var clock = new FakeClock();
        var service = Refusing(1);
        var serving = service.Client(options => (options.TimeProvider, options.Chat.CorrectionLifetime) = (clock, TimeSpan.FromHours(2)));
        var chat = serving.GetChatClient("some-endpoint");

        await chat.GetResponseAsync("Hello?", Seeded);
        clock.Advance(TimeSpan.FromHours(2));

        Assert.Empty(serving.GetCorrections());
        Assert.Null(serving.GetModelInfo("some-endpoint"));
        await chat.GetResponseAsync("Hello?", Seeded);
        Assert.Equal([true, false, true], service.Sent.Select(HasSeed));
    }

    [Fact]
    public async Task Corrections_are_cleared_on_demand()
    {
        var service = Refusing(1);
        var serving = service.Client(options => options.Chat.CorrectionLifetime = Timeout.InfiniteTimeSpan);
        var chat = serving.GetChatClient("some-endpoint");
        await chat.GetResponseAsync("Hello?", Seeded);

        serving.ClearCorrections("another-endpoint");
        Assert.Equal(DateTimeOffset.MaxValue, Assert.Single(serving.GetCorrections()).ExpiresAt);
        serving.ClearCorrections();

        Assert.Empty(serving.GetCorrections());
        await chat.GetResponseAsync("Hello?", Seeded);
        Assert.True(HasSeed(service.Sent[^1]));
    }

    [Fact]
    public async Task Every_correction_of_one_request_is_made_before_it_fails()
    {
        var service = new VerbatimService()
            .Answers("""{"message":"Unknown parameter: 'top_k'."}""", HttpStatusCode.BadRequest)
            .Answers(Refusal, HttpStatusCode.BadRequest)
            .Answers(Some.ChatBody);

        var response = await service.Chat().GetResponseAsync("Hello?", new ChatOptions { Seed = 7, TopK = 3 });

        Assert.Equal(["top_k", "seed"], response.GetRequestAdjustments().Select(adjustment => adjustment.Field));
        Assert.Equal(3, service.Sent.Count);
    }

    [Fact]
    public async Task A_correction_that_does_not_help_is_an_error()
    {
        var service = new VerbatimService().Answers(Refusal, HttpStatusCode.BadRequest).Answers(Refusal, HttpStatusCode.BadRequest);
        var serving = service.Client();

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => serving.GetChatClient("some-endpoint").GetResponseAsync("Hello?", Seeded));

        Assert.Equal((Words, 2), (failure.ServiceMessage, service.Sent.Count));
        Assert.Empty(serving.GetCorrections());
    }

    public static TheoryData<ChatOptions> NotOurs => new(
        new ChatOptions { AdditionalProperties = new() { ["seed"] = 7 } },
        new ChatOptions { RawRepresentationFactory = _ => new System.Text.Json.Nodes.JsonObject { ["seed"] = 7 } },
        new ChatOptions());

    [Theory]
    [MemberData(nameof(NotOurs))]
    public async Task What_no_option_has_set_is_not_corrected(ChatOptions options)
    {
        var service = new VerbatimService().Answers(Refusal, HttpStatusCode.BadRequest);

        await Assert.ThrowsAsync<DatabricksServingException>(() => service.Chat().GetResponseAsync("Hello?", options));

        Assert.Single(service.Sent);
    }

    [Theory]
    [InlineData("response_format: Extra inputs are not permitted", "change ChatOptions.ResponseFormat")]
    [InlineData("tools.0.custom.name: String should match pattern", "change ChatOptions.Tools")]
    [InlineData("Failed to enforce schema of the request. Unexpected field 'tools'.", "change ChatOptions.Tools")]
    [InlineData("tool_choice: Extra inputs are not permitted", "change ChatOptions.ToolMode")]
    [InlineData("messages.1.content.0: Invalid `signature` in `thinking` block", "remove the TextReasoningContents")]
    [InlineData("messages.0.content.1.image_url: remote image URLs are not supported", "set DatabricksChatOptions.FetchImage")]
    [InlineData("messages.0: something", "change the content that the message names")]
    public async Task Errors_about_the_meaning_of_a_request_are_not_corrected_and_say_what_to_change(string words, string advice)
    {
        var service = new VerbatimService().Answers($$"""{"message":"{{words}}"}""", HttpStatusCode.BadRequest);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => service.Chat().GetResponseAsync("Hello?"));

        Assert.Contains(advice, failure.Message, StringComparison.Ordinal);
        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task Learning_can_be_switched_off()
    {
        var service = new VerbatimService().Answers(Refusal, HttpStatusCode.BadRequest);

        await Assert.ThrowsAsync<DatabricksServingException>(
            () => service.Chat(options => options.Chat.CorrectRejectedParameters = false).GetResponseAsync("Hello?", Seeded));

        Assert.Single(service.Sent);
    }

    [Fact]
    public async Task A_stream_learns_before_its_first_update()
    {
        var service = new VerbatimService().Answers(Refusal, HttpStatusCode.BadRequest)
            .Streams(Exchange.Events("""{"choices":[{"delta":{"content":"Hi."},"finish_reason":"stop"}]}""", "[DONE]"));

        var updates = await Exchange.Collect(service.Chat(), Seeded);

        Assert.Equal("Hi.", updates.ToChatResponse().Text);
        Assert.Equal(["seed"], updates[^1].GetRequestAdjustments().Select(adjustment => adjustment.Field));
        Assert.All(updates.SkipLast(1), update => Assert.Empty(update.GetRequestAdjustments()));
    }

    [Fact]
    public async Task A_hundred_concurrent_callers_add_one_correction()
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        using var log = new FakeLoggerFactory();
        var endpoint = emulator.AddChatEndpoint("some-endpoint", EmulatedDialect.Claude);
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = DatabricksCredential.FromToken(emulator.Token),
            LoggerFactory = log,
        });
        var chat = serving.GetChatClient("some-endpoint");

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => chat.GetResponseAsync("Hello?", Seeded)));

        Assert.All(answers, answer => Assert.NotEmpty(answer.Text));
        Assert.Single(serving.GetCorrections());
        Assert.Single(log.Collector.Shown());
        Assert.Equal(100, endpoint.Requests.Count(request => request.StatusCode == 200));
    }

    private static bool HasSeed(VerbatimService.SentRequest request) => request.Body.Contains("\"seed\"", StringComparison.Ordinal);

    private static VerbatimService Refusing(int index)
    {
        var service = new VerbatimService();
        for (var i = 1; i <= index; i++)
        {
            service.Answers(Refusal, HttpStatusCode.BadRequest);
        }

        return service.Answers(Some.ChatBody).Answers(Some.ChatBody).Answers(Some.ChatBody);
    }
}

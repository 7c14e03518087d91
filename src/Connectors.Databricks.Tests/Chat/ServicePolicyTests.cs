using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;

namespace Connectors.Databricks.Tests.Chat;

/// <summary>
/// A denial by a service policy is HTTP 200: it is a finish reason and a typed denial, or an exception, and never retried.
/// </summary>
public sealed class ServicePolicyTests : IAsyncLifetime, IDisposable
{
    private const string Service = "system.ai.claude-sonnet-4-5";
    private const string Reason = "The text contains the e-mail address ada@example.com.";

    private readonly FakeLoggerFactory _logs = new();
    private DatabricksEmulator _emulator = null!;

    public async Task InitializeAsync() => _emulator = await DatabricksEmulator.StartAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    public void Dispose() => _logs.Dispose();

    public static TheoryData<ServicePolicyDenialStyle, bool, bool> Cases()
    {
        var cases = new TheoryData<ServicePolicyDenialStyle, bool, bool>();
        foreach (var style in Enum.GetValues<ServicePolicyDenialStyle>())
        {
            foreach (var (onOutput, isStream) in new[] { (false, false), (false, true), (true, false), (true, true) })
            {
                cases.Add(style, onOutput, isStream);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_denial_is_a_content_filter_with_its_policy(ServicePolicyDenialStyle style, bool onOutput, bool isStream)
    {
        Denies(style, onOutput);

        var response = await Ask(isStream);

        var (denial, hasObject) = (response.GetServicePolicyDenial(), style != ServicePolicyDenialStyle.WithoutObject);
        Assert.NotNull(denial);
        Assert.Equal(ChatFinishReason.ContentFilter, response.FinishReason);
        Assert.Equal(
            hasObject ? ("p1", onOutput ? "post_call" : "pre_call", Reason) : (null, null, null),
            (denial.PolicyName, denial.Phase, denial.Reason));
        Assert.Equal(
            style == ServicePolicyDenialStyle.WithoutChoices ? ""
                : $"This {(onOutput ? "response" : "request")} was blocked by the 'p1' service policy.",
            response.Text);
        Assert.Single(_emulator.Requests);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task With_the_option_it_throws(ServicePolicyDenialStyle style, bool onOutput, bool isStream)
    {
        Denies(style, onOutput);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Ask(isStream, options => options.Chat.ThrowOnServicePolicyDenial = true));

        Assert.Equal((DatabricksServingErrorKind.ServicePolicy, false), (failure.Kind, failure.IsTransient));
        Assert.NotNull(failure.ServicePolicyDenial);
        Assert.DoesNotContain("ada@example.com", failure.ToString(), StringComparison.Ordinal);
        if (style != ServicePolicyDenialStyle.WithoutObject)
        {
            Assert.Equal(Reason, failure.ServicePolicyDenial.Reason);
            Assert.Contains($"denied by the service policy 'p1' ({(onOutput ? "post_call" : "pre_call")})", failure.Message,
                StringComparison.Ordinal);
        }

        Assert.Single(_emulator.Requests);
    }

    [Fact]
    public async Task The_text_that_replaces_an_answer_is_not_given_out_before_the_exception()
    {
        Denies(ServicePolicyDenialStyle.Action, onOutput: true);
        var chat = Client(options => options.Chat.ThrowOnServicePolicyDenial = true).GetChatClient(Service);
        var texts = new List<string>();

        await Assert.ThrowsAsync<DatabricksServingException>(async () =>
        {
            await foreach (var update in chat.GetStreamingResponseAsync(Some.Question()))
            {
                texts.Add(update.Text);
            }
        });

        Assert.Empty(texts);
    }

    [Fact]
    public async Task In_a_stream_any_chunk_may_report_it_and_the_last_update_does()
    {
        _emulator.ModelService(Service).Endpoint.DeniesByServicePolicy("p1", onOutput: true, textBefore: "Half an answer. ");

        var updates = await Exchange.Collect(Client().GetChatClient(Service));

        Assert.Equal("p1", updates[^1].GetServicePolicyDenial()!.PolicyName);
        Assert.All(updates.SkipLast(1), update => Assert.Null(update.GetServicePolicyDenial()));
        Assert.StartsWith("Half an answer. ", updates.ToChatResponse().Text, StringComparison.Ordinal);
        Assert.Equal(ChatFinishReason.ContentFilter, updates.ToChatResponse().FinishReason);
    }

    [Fact]
    public async Task A_chunk_that_reports_it_early_is_not_forgotten()
    {
        var updates = await Exchange.ReadsStream(
            """{"id":"m1","databricks_service_policy":{"name":"p1","result":"Deny","phase":"post_call"},"choices":[{"index":0,"delta":{"content":"No"}}]}""",
            """{"id":"m1","databricks_service_policy":{"name":"p2","action":"allow"},"choices":[{"index":0,"delta":{"content":"."},"finish_reason":"stop"}]}""",
            "[DONE]");

        Assert.Equal(("p1", "No."), (updates[^1].GetServicePolicyDenial()!.PolicyName, updates.ToChatResponse().Text));
        Assert.Equal(ChatFinishReason.ContentFilter, updates.ToChatResponse().FinishReason);
    }

    // The template of a stream is shared with later streams of the client, which must not miss the object.
    [Fact]
    public async Task No_template_swallows_it()
    {
        var denied = Enumerable.Range(0, 4).Select(number =>
            $$$"""{"id":"m1","databricks_service_policy":{"name":"p1","action":"deny"},"choices":[{"index":0,"delta":{"content":"w{{{number}}}"}}]}""")
            .Append("""{"id":"m1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}""").Append("[DONE]").ToArray();
        var chat = new VerbatimService().Streams(Exchange.Events(denied)).Streams(Exchange.Events(denied)).Chat();

        var first = (await Exchange.Collect(chat)).ToChatResponse();
        var second = (await Exchange.Collect(chat)).ToChatResponse();

        Assert.Equal(("p1", "p1"), (first.GetServicePolicyDenial()!.PolicyName, second.GetServicePolicyDenial()!.PolicyName));
    }

    [Theory]
    [InlineData("content_filter")]
    [InlineData("CONTENT_FILTER")]
    [InlineData("content-filter")]
    [InlineData("contentFilter")]
    [InlineData("SAFETY")]
    public async Task Every_spelling_of_the_finish_reason_is_a_content_filter(string reason)
    {
        var response = await Exchange.Reads($$"""
            {"choices":[{"index":0,"message":{"role":"assistant","content":"No."},"finish_reason":"{{reason}}"}]}
            """);

        Assert.Equal(ChatFinishReason.ContentFilter, response.FinishReason);
        Assert.Null(response.GetServicePolicyDenial());
    }

    [Fact]
    public async Task A_policy_that_allows_is_no_denial()
    {
        var response = await Exchange.Reads("""
            {"databricks_service_policy":{"name":"p1","action":"allow"},
             "choices":[{"index":0,"message":{"role":"assistant","content":"Yes."},"finish_reason":"stop"}]}
            """);

        Assert.Equal((ChatFinishReason.Stop, null), (response.FinishReason, response.GetServicePolicyDenial()));
    }

    [Fact]
    public async Task A_fallback_does_not_go_around_a_policy()
    {
        Denies(ServicePolicyDenialStyle.Action, onOutput: false);
        var chat = Client(options => options.Chat.ThrowOnServicePolicyDenial = true).GetFallbackChatClient([Service, "system.ai.gpt-5-2"]);

        await Failure.Of(chat);

        Assert.Single(_emulator.Requests);
    }

    [Fact]
    public async Task A_denial_of_embeddings_is_an_exception()
    {
        var service = new VerbatimService().Answers("""
            {"id":"databricks-guardrail-block","choices":[{"message":{"content":"This request was blocked."},"finish_reason":"content_filter"}],
             "databricks_service_policy":{"name":"p1","action":"deny","phase":"pre_call","reason":"ada@example.com"}}
            """);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => service.Client().GetEmbeddingGenerator("system.ai.gte-large-en").GenerateAsync(["one"]));

        Assert.Equal((DatabricksServingErrorKind.ServicePolicy, "p1"), (failure.Kind, failure.ServicePolicyDenial!.PolicyName));
        Assert.DoesNotContain("ada@example.com", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_counted_without_its_reason_and_never_logged()
    {
        using var counter = new MetricCollector<long>(null, "Connectors.Databricks", "databricks.serving.policy_denials");
        Denies(ServicePolicyDenialStyle.Action, onOutput: false);

        var response = await Ask(isStream: false);

        var counted = Assert.Single(counter.GetMeasurementSnapshot(), measured => (string?)measured.Tags["databricks.endpoint"] == Service);
        Assert.Equal(
            (1L, "pre_call", "service_policy"),
            (counted.Value, (string?)counted.Tags["databricks.policy_phase"], (string?)counted.Tags["error.type"]));
        Assert.DoesNotContain(_logs.Collector.States(), state => state.Contains("ada@example.com", StringComparison.Ordinal));
        Assert.Equal("denied by the service policy 'p1' (pre_call)", response.GetServicePolicyDenial()!.ToString());
    }

    [Fact]
    public async Task It_can_be_stored_with_the_response()
    {
        Denies(ServicePolicyDenialStyle.Action, onOutput: false);
        var response = await Ask(isStream: false);

        var json = JsonSerializer.Serialize(response, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatResponse)));
        var read = (ChatResponse)JsonSerializer.Deserialize(json, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatResponse)))!;

        Assert.Equal("p1", read.GetServicePolicyDenial()!.PolicyName);
    }

    private void Denies(ServicePolicyDenialStyle style, bool onOutput) =>
        _emulator.ModelService(Service).Endpoint.DeniesByServicePolicy("p1", onOutput, Reason, style);

    private DatabricksServingClient Client(Action<DatabricksServingOptions>? configure = null)
    {
        var options = new DatabricksServingOptions
        {
            Host = _emulator.Host,
            Credential = DatabricksCredential.FromToken(_emulator.Token),
            LoggerFactory = _logs,
        };
        configure?.Invoke(options);
        return new DatabricksServingClient(options);
    }

    private async Task<ChatResponse> Ask(bool isStream, Action<DatabricksServingOptions>? configure = null)
    {
        var chat = Client(configure).GetChatClient(Service);
        return isStream
            ? await chat.GetStreamingResponseAsync(Some.Question()).ToChatResponseAsync()
            : await chat.GetResponseAsync(Some.Question());
    }
}

using System.Diagnostics;
using Connectors.Databricks.Diagnostics;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.TestServices;
using Microsoft.Extensions.AI;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace Connectors.Databricks.Tests.Chat.Responses.Middleware;

/// <summary>The spans of OpenTelemetryChatClient over the Responses API, on every surface.</summary>
public sealed class TelemetryTests : IAsyncLifetime
{
    private readonly string _source = $"telemetry.{Guid.NewGuid():N}";
    private readonly List<Activity> _spans = [];
    private ResponsesEmulator _emulator = null!;

    public static TheoryData<string, bool> Surfaces => ResponsesEmulator.Surfaces;

    public async Task InitializeAsync() => _emulator = await ResponsesEmulator.StartAsync();

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_chat_has_its_model_id_usage_and_finish_reason(string name, bool isStream)
    {
        _emulator.Endpoint(name).Replies("Hi.", usage: new EmulatedUsage(11, 7));

        var response = await RunAsync(name, isStream, new ChatOptions { MaxOutputTokens = 50 });

        var span = Chats().Single();
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
        Assert.Equal($"chat {name}", span.DisplayName);
        Assert.Equal(
            [
                "gen_ai.operation.name=chat",
                "gen_ai.provider.name=databricks",
                "gen_ai.request.max_tokens=50",
                $"gen_ai.request.model={name}",
                .. isStream ? (string[])["gen_ai.request.stream=True"] : [],
                """gen_ai.response.finish_reasons=["stop"]""",
                $"gen_ai.response.id={response.ResponseId}",
                $"gen_ai.response.model={response.ModelId}",
                .. name.Contains("gpt", StringComparison.Ordinal) ? (string[])["gen_ai.usage.cache_read.input_tokens=0"] : [],
                "gen_ai.usage.input_tokens=11",
                "gen_ai.usage.output_tokens=7",
                .. name.Contains("gpt", StringComparison.Ordinal) ? (string[])["gen_ai.usage.reasoning.output_tokens=0"] : [],
                $"server.address={_emulator.Emulator.Host.Host}",
                $"server.port={_emulator.Emulator.Host.Port}",
            ],
            Tags(span).Where(tag => !tag.Key.Contains("time_to", StringComparison.Ordinal)).Select(tag => $"{tag.Key}={tag.Value}")
                .Order(StringComparer.Ordinal));
        Assert.NotNull(response.ResponseId);
        Assert.NotNull(response.ModelId);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_round_of_function_invocation_is_a_chat_below_one_span(string name, bool isStream)
    {
        _emulator.Endpoint(name).CallsTool("get_time").Replies("Noon.");
        using var tracer = Tracer();
        using var chat = _emulator.Chat(name).AsBuilder()
            .UseFunctionInvocation().UseOpenTelemetry(sourceName: _source).Build();

        await chat.AskAsync(
            Some.Question(), new ChatOptions { Tools = [AIFunctionFactory.Create(() => "noon", "get_time", "Gets the time.")] }, isStream);

        Assert.Equal(
            ["""["tool_calls"]""", """["stop"]"""],
            Chats().Select(span => Tags(span)["gen_ai.response.finish_reasons"]));
        Assert.Single(Chats().Select(span => span.TraceId).Distinct());
        _emulator.AssertAccepted(2);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task A_failure_is_an_error_of_the_span(string name, bool isStream)
    {
        _emulator.Endpoint(name).Fails(400, "BAD_REQUEST", "No.");

        await Assert.ThrowsAsync<DatabricksServingException>(() => RunAsync(name, isStream));

        var span = Chats().Single();
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Equal(typeof(DatabricksServingException).FullName, Tags(span)["error.type"]);
    }

    [Theory]
    [MemberData(nameof(Surfaces))]
    public async Task The_attempts_of_the_connector_are_below_the_chat(string name, bool isStream)
    {
        await RunAsync(name, isStream);

        var chat = Chats().Single();
        var attempts = Spans().Where(span => span.Source.Name == ServingTelemetry.Name && span.TraceId == chat.TraceId).ToList();
        Assert.NotEmpty(attempts);
        Assert.All(attempts, attempt => Assert.Equal(chat.TraceId, attempt.TraceId));
        Assert.Contains(attempts, attempt => attempt.ParentSpanId == chat.SpanId);
    }

    private async Task<ChatResponse> RunAsync(string name, bool isStream, ChatOptions? options = null)
    {
        using var tracer = Tracer();
        using var chat = _emulator.Chat(name).AsBuilder().UseOpenTelemetry(sourceName: _source).Build();
        return await chat.AskAsync(Some.Question(), options, isStream);
    }

    private TracerProvider Tracer() => Sdk.CreateTracerProviderBuilder()
        .AddSource(_source).AddSource(ServingTelemetry.Name).SetSampler(new AlwaysOnSampler()).AddInMemoryExporter(_spans).Build();

    private Activity[] Chats() =>
        [.. Spans().Where(span => span.Source.Name == _source && span.DisplayName.StartsWith("chat ", StringComparison.Ordinal))];

    private Activity[] Spans() => [.. _spans];

    private static Dictionary<string, string?> Tags(Activity span) =>
        span.TagObjects.ToDictionary(tag => tag.Key, tag => tag.Value?.ToString());
}

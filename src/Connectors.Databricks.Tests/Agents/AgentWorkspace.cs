using System.Text.Json;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Tests.Emulator.Gateway;
using Microsoft.Extensions.AI;
using EmulatorWire = Connectors.Databricks.Tests.Emulator.Wire;

namespace Connectors.Databricks.Tests.Agents;

/// <summary>A workspace of the emulator with one agent, and clients of it, each as in a process of its own.</summary>
internal sealed class AgentWorkspace : IAsyncDisposable
{
    public const string AppName = "my-agent";
    public const string AgentName = $"apps/{AppName}";

    /// <summary>A response of several deltas.</summary>
    public const string Text = "One two three four.";

    private readonly EmulatorWire _wire;

    private AgentWorkspace(EmulatorWire wire, EmulatedApp app, string token)
    {
        _wire = wire;
        App = app;
        Token = token;
    }

    public EmulatedApp App { get; }

    /// <summary>An OAuth token of the workspace.</summary>
    public string Token { get; }

    public DatabricksEmulator Emulator => _wire.Emulator;

    public TestServices.FakeClock Clock => _wire.Clock;

    public static async Task<AgentWorkspace> OpenAsync(EmulatedAgentServer server, string appName = AppName)
    {
        var wire = await EmulatorWire.OpenAsync();
        var app = await wire.Emulator.AddAppAsync(appName, server);
        return new AgentWorkspace(wire, app, await wire.TokenAsync("all-apis"));
    }

    /// <summary>A client that shares nothing with those before it.</summary>
    public DatabricksServingClient Serving(Action<DatabricksServingOptions>? configure = null)
    {
        var options = new DatabricksServingOptions
        {
            Host = Emulator.Host,
            Credential = DatabricksCredential.FromToken(Token),
            TimeProvider = Clock,
            Resilience = { Retry = null },
        };
        configure?.Invoke(options);
        return new DatabricksServingClient(options);
    }

    public IChatClient Agent(Action<DatabricksServingOptions>? configure = null) => Serving(configure).GetAgentClient(AgentName);

    public static ChatOptions Background(ResponseContinuationToken? token = null, string? session = null) => new()
    {
        AllowBackgroundResponses = true,
        ContinuationToken = token,
        ConversationId = session,
    };

    /// <summary>The token as another process reads it.</summary>
    public static ResponseContinuationToken Stored(ResponseContinuationToken token) =>
        JsonSerializer.Deserialize<ResponseContinuationToken>(
            JsonSerializer.Serialize(token, AIJsonUtilities.DefaultOptions), AIJsonUtilities.DefaultOptions)!;

    public static IList<ChatMessage> Say(string text) => [new(ChatRole.User, $"Say '{text}'")];

    public ValueTask DisposeAsync() => _wire.DisposeAsync();
}

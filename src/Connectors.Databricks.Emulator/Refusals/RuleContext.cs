using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator.Refusals;

/// <summary>The input of a rule.</summary>
internal sealed record RuleContext(
    ChatRequest Request, ModelCapabilities Facts, ServingEndpoint Endpoint, DatabricksEmulatorOptions Options)
{
    /// <summary>Whether the request came through Unity Gateway.</summary>
    public bool IsGateway { get; init; }

    /// <summary>Whether the request was translated from another API: members that it cannot carry are not missed.</summary>
    public bool IsTranslated { get; init; }

    public ErrorMessages Messages { get; } = new(Facts.Dialect);

    public bool Is(EmulatedDialect dialect) => Facts.Dialect == dialect;
}

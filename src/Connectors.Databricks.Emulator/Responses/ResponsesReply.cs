using Connectors.Databricks.Emulator.Conversation;
using Connectors.Databricks.Emulator.Http;

namespace Connectors.Databricks.Emulator.Responses;

/// <summary>Who writes a response: each spells some members in its own way.</summary>
internal enum ResponsesFlavor
{
    /// <summary>The unified route of the gateway, which translates for every family.</summary>
    Unified,

    /// <summary>An OpenAI model behind <c>/serving-endpoints/responses</c>.</summary>
    Native,

    /// <summary>An agent of task <c>agent/v1/responses</c>.</summary>
    Agent,
}

/// <summary>A response to write.</summary>
internal sealed record ResponsesReply(
    ResponsesRequest Request,
    RequestIds Ids,
    long Created,
    string Model,
    EmulatedDialect Dialect,
    ResponsesFlavor Flavor,
    ChatAnswer Answer,
    EmulatedUsage Usage,
    IReadOnlySet<ResponsesDeviation> Deviations)
{
    public string Id => $"resp_{Ids.Hex(1)}";

    public bool Has(ResponsesDeviation deviation) => Deviations.Contains(deviation);
}

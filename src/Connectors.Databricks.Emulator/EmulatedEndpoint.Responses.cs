using Connectors.Databricks.Emulator.Behaviors;
using Connectors.Databricks.Emulator.Conversation;

namespace Connectors.Databricks.Emulator;

public sealed partial class EmulatedEndpoint
{
    /// <summary>Queues a response of an agent that ran a tool itself: the call, its output, and a text.</summary>
    /// <param name="name">The name of the tool.</param>
    /// <param name="argumentsJson">The arguments as JSON.</param>
    /// <param name="output">The output of the tool.</param>
    /// <param name="text">The text after it; null for none.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint RunsTool(string name, string argumentsJson, string output, string? text = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Queue(new ScriptedAnswer(new ChatAnswer { Runs = [new ToolRun(name, argumentsJson, output)], Text = text }, null));
    }

    /// <summary>
    /// Queues a response of an agent that requests approval: an <c>mcp_approval_request</c>. The automatic response to the approval runs
    /// the tool.
    /// </summary>
    /// <param name="name">The name of the tool.</param>
    /// <param name="argumentsJson">The arguments as JSON.</param>
    /// <param name="serverLabel">The name of the MCP server.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint RequestsApproval(string name, string argumentsJson = "{}", string serverLabel = "tools")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Queue(new ScriptedAnswer(new ChatAnswer { Approvals = [new ApprovalRequest(name, argumentsJson, serverLabel)] }, null));
    }

    /// <summary>
    /// Queues the error of an agent or model whose tool needs a login of the user: code <c>oauth</c>, with the connection and the URL to
    /// open.
    /// </summary>
    /// <param name="connection">The name of the connection.</param>
    /// <param name="url">The URL to open.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint RequiresToolLogin(
        string connection = "github", string url = "https://example.cloud.databricks.com/explore/connections/github")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(url);
        return Queue(new ToolLogin(connection, url));
    }

    /// <summary>Makes the next response of the Responses API deviate as published.</summary>
    /// <param name="deviation">The deviation; call again for several.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint Deviates(ResponsesDeviation deviation) => Decorate(
        next => next.Deviations.Contains(deviation), next => next with { Deviations = next.Deviations.Add(deviation) });

    /// <summary>Makes the next chat completion deviate as published.</summary>
    /// <param name="deviation">The deviation; call again for several.</param>
    /// <returns>The same endpoint, for chaining.</returns>
    public EmulatedEndpoint Deviates(ChatDeviation deviation) => Decorate(
        next => next.ChatDeviations.Contains(deviation), next => next with { ChatDeviations = next.ChatDeviations.Add(deviation) });
}

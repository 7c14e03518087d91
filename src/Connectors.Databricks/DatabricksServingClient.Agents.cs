using Connectors.Databricks.Agents;
using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Transport;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

public partial class DatabricksServingClient
{
    private const string AppPrefix = "apps/";

    /// <summary>
    /// Gets a chat client for an agent: on Databricks Apps, with the name <c>apps/my-agent</c>, or on a serving endpoint.
    /// </summary>
    /// <remarks>
    /// Agents on Databricks Apps accept OAuth tokens only, and their runs can go on in the background:
    /// <see cref="ChatOptions.AllowBackgroundResponses"/> and <see cref="ChatOptions.ContinuationToken"/> start, poll and continue them.
    /// The address of the app is looked up once.
    /// </remarks>
    /// <param name="agentName">The name of a serving endpoint, or <c>apps/</c> and the name of an app.</param>
    /// <param name="options">
    /// The options, or <see langword="null"/> for <see cref="DatabricksServingOptions.Chat"/>, which they replace. They are copied.
    /// </param>
    /// <returns>A thread-safe client. No request is sent until it is used, and it need not be disposed.</returns>
    /// <exception cref="ArgumentException">The name is empty or not one of an agent, or an option is invalid.</exception>
    public virtual IChatClient GetAgentClient(string agentName, DatabricksChatOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(agentName);
        if (!agentName.StartsWith(AppPrefix, StringComparison.Ordinal))
        {
            return GetChatClient(agentName, options);
        }

        var appName = agentName[AppPrefix.Length..];
        EndpointPath.Require(appName, nameof(agentName));
        var authenticator = Connected(_authenticator);
        var host = authenticator.Host?.Authority ?? authenticator.Settings[SettingTable.AzureWorkspaceResourceId] ?? string.Empty;
        return new AgentChatClient(
            NewAgentContext(agentName, host, options), new AppLocator(appName, Api, authenticator), address: null, owner: this);
    }

    /// <summary>Gets a chat client for an agent on Databricks Apps, by the address of the app.</summary>
    /// <remarks>The token of the workspace is sent to this address, so it must be one of an app that you trust.</remarks>
    /// <param name="agentAddress">The address, such as <c>https://my-agent-123.aws.databricksapps.com</c>.</param>
    /// <param name="options">
    /// The options, or <see langword="null"/> for <see cref="DatabricksServingOptions.Chat"/>, which they replace. They are copied.
    /// </param>
    /// <returns>A thread-safe client. No request is sent until it is used, and it need not be disposed.</returns>
    /// <exception cref="ArgumentException">The address does not use https or has a path, or an option is invalid.</exception>
    public virtual IChatClient GetAgentClient(Uri agentAddress, DatabricksChatOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(agentAddress);
        var locator = new AppLocator(agentAddress, Connected(_authenticator));
        return new AgentChatClient(
            NewAgentContext(agentAddress.Host, agentAddress.Authority, options), locator, agentAddress, owner: this);
    }

    private AgentContext NewAgentContext(string name, string host, DatabricksChatOptions? options)
    {
        var settings = Connected(_options);
        return new AgentContext(
            name, new AgentIdentity(host, name), settings, options?.CopyValidated() ?? settings.Chat, Connected(_transport),
            Connected(_models));
    }
}

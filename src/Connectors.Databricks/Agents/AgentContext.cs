using Connectors.Databricks.Agents.Runs;
using Connectors.Databricks.Models;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Agents;

/// <summary>What the parts of one agent client share.</summary>
/// <param name="Name">The agent, as the caller wrote it, or the host of the app.</param>
/// <param name="Identity">What tokens are bound to.</param>
/// <param name="Settings">The options of the client.</param>
/// <param name="ChatSettings">The chat options.</param>
/// <param name="Transport">Sends the requests.</param>
/// <param name="Models">The capabilities of models, which decide whether reasoning in the history is valid here.</param>
internal sealed record AgentContext(
    string Name, AgentIdentity Identity, DatabricksServingOptions Settings, DatabricksChatOptions ChatSettings, ServingTransport Transport,
    EndpointModels Models);

using System.Net;
using Connectors.Databricks.Agents.Invocations;
using Connectors.Databricks.Agents.LongRunning;
using Connectors.Databricks.Agents.Runs;

namespace Connectors.Databricks.Agents;

/// <summary>
/// The protocols of one agent. Which of them the app has is found out by the first run: a path that does not exist returns 404 or 405, and
/// nothing has run then. The result is kept.
/// </summary>
internal sealed class AgentServers
{
    private readonly AgentContext _context;
    private readonly AgentServer[] _all;
    private volatile AgentServer? _known;

    public AgentServers(AgentContext context)
    {
        _context = context;
        AgentServer invocations = new InvocationServer(context);
        AgentServer responses = new LongRunningServer(context);
        _all = IsDurable(context.Name) ? [invocations, responses] : [responses, invocations];
    }

    // The name that the deployment of a DurableAgentServer has by default.
    private static bool IsDurable(string name) =>
        name.StartsWith("apps/agent-bricks-", StringComparison.Ordinal) || name.StartsWith("agent-bricks-", StringComparison.Ordinal);

    public AgentServer Of(AgentProtocol protocol) => _all.First(server => server.Protocol == protocol);

    /// <summary>Starts a run with the protocol of the app.</summary>
    /// <exception cref="DatabricksServingException">The run was not started, or failed.</exception>
    public async Task<T> StartAsync<T>(AgentRequest request, Func<AgentServer, AgentRequest, Task<T>> start)
    {
        if (_known is { } known)
        {
            return await start(known, known.Prepare(request)).ConfigureAwait(false);
        }

        for (var i = 0; ; i++)
        {
            var server = _all[i];
            try
            {
                var result = await start(server, server.Prepare(request)).ConfigureAwait(false);
                AgentLog.ProtocolFound(_context.Transport.Logger, _context.Name, server.Protocol.ToString());
                _known = server;
                return result;
            }
            catch (DatabricksServingException exception) when (
                exception.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed && i + 1 < _all.Length)
            {
                // The path of the other protocol.
            }
        }
    }
}

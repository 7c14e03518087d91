using System.Text;
using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>
/// A call to the Responses API whose history has output items: each goes back unchanged, after it was compared with its message.
/// </summary>
internal sealed class ResponsesHistoryScenario : Scenario
{
    private readonly PreparedService _service;
    private readonly HttpClient _http;
    private readonly IReadOnlyList<IChatContender> _contenders;

    public ResponsesHistoryScenario(int turns)
    {
        Parts = turns * ResponsesHistory.ItemsOfTurn;
        _service = PreparedService.Whole(ResponsesHistory.Answer());
        _http = new HttpClient(_service);
        _contenders =
        [
            new FloorResponsesHistory(_http, PreparedService.Host, turns),
            new ClientChat(Clients.Connector, Clients.ConnectorGatewayResponses(_http), ResponsesHistory.Messages(turns), options: null),
        ];
        Contenders = [.. _contenders.Select(contender => new Contender(contender.Name, contender.CallAsync))];
    }

    public override int Parts { get; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public override async Task CheckAsync()
    {
        using var received = new MemoryStream();
        _service.Received = received;
        var expected = await _contenders[0].CallAsync();
        var request = Encoding.UTF8.GetString(received.ToArray());
        Require(Clients.Connector, "answer", expected, await _contenders[1].CallAsync());
        Require(Clients.Connector, "request", request, Encoding.UTF8.GetString(received.ToArray()));
        _service.Received = null;
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }
}

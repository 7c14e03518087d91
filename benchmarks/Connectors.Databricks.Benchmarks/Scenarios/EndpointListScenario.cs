using Connectors.Databricks.Benchmarks.Contenders;
using Connectors.Databricks.Benchmarks.Service;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.Benchmarks.Scenarios;

/// <summary>The endpoints of a workspace are listed and classified. The OpenAI client has no equivalent.</summary>
internal sealed class EndpointListScenario : Scenario
{
    private readonly HttpClient _http;
    private readonly FloorEndpointList _floor;
    private readonly DatabricksServingClient _serving;
    private readonly DatabricksManagementClient _management;
    private readonly bool _isClassified;

    /// <param name="count">How many there are.</param>
    /// <param name="isClassified">Whether each endpoint is classified; the floor only reads the list.</param>
    public EndpointListScenario(int count, bool isClassified)
    {
        Parts = count;
        _isClassified = isClassified;
        _http = new HttpClient(PreparedService.Whole(EndpointReplies.List(count)));
        _floor = new FloorEndpointList(_http, PreparedService.Host);
        _serving = Clients.Serving(_http, PreparedService.Host);
        _management = _serving.GetManagementClient();
        Contenders = [new Contender(Clients.Floor, _floor.ReadAsync), new Contender(Clients.Connector, ReadAsync)];
    }

    public override int Parts { get; }

    public override IReadOnlyList<Contender> Contenders { get; }

    public override async Task CheckAsync()
    {
        var expected = await _floor.ReadAsync();
        Require(Clients.Floor, "number of endpoints", Parts, expected.Count);
        var actual = await ReadAsync();
        Require(Clients.Connector, "number of endpoints", Parts, actual.Count);
        for (var i = 0; i < Parts; i++)
        {
            Require(Clients.Connector, "endpoint", expected[i], actual[i]);
        }

        if (_isClassified)
        {
            var profiles = (await _serving.Directory.RefreshAsync()).Profiles;
            Require(Clients.Connector, "endpoints without a mode", 0, profiles.Count(profile => !profile.Mode.IsKnown));
        }
    }

    private async Task<IReadOnlyList<ListedEndpoint>> ReadAsync()
    {
        var listed = new List<ListedEndpoint>(Parts);
        if (_isClassified)
        {
            foreach (var profile in (await _serving.Directory.RefreshAsync()).Profiles)
            {
                listed.Add(new ListedEndpoint(
                    profile.Name, profile.Task is { IsKnown: true, Value: var task } ? task.Value : null, profile.IsReady));
            }
        }
        else
        {
            foreach (var endpoint in await _management.ListAsync())
            {
                listed.Add(new ListedEndpoint(endpoint.Name, endpoint.Task?.Value, endpoint.IsReady));
            }
        }

        return listed;
    }

    public override ValueTask DisposeAsync()
    {
        _http.Dispose();
        return base.DisposeAsync();
    }
}

using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.Waiting;

/// <summary>A wait for an endpoint whose answers the test has written down, on a clock that it moves.</summary>
public abstract class EndpointWait : IDisposable
{
    private protected const string Updating = """{"name":"churn","state":{"ready":"READY","config_update":"IN_PROGRESS"}}""";
    private protected const string Idle = """{"name":"churn","state":{"ready":"NOT_READY","config_update":"NOT_UPDATING"}}""";
    private protected const string Creating =
        """
        {"name":"churn","state":{"ready":"NOT_READY","config_update":"IN_PROGRESS"},"pending_config":{"served_entities":[
          {"name":"champion","state":{"deployment":"DEPLOYMENT_READY"}},
          {"name":"challenger","state":{"deployment":"DEPLOYMENT_CREATING","deployment_state_message":"Creating resources"}}]}}
        """;

    private protected FakeClock Clock { get; } = new();

    private protected VerbatimService Service { get; } = new();

    private protected DatabricksManagementClient Endpoints => Service.Client(options =>
    {
        options.TimeProvider = Clock;
        options.TotalTimeout(null);
    }).GetManagementClient();

    private protected Task<ServingEndpoint> Wait(EndpointWaitOptions? options = null) =>
        Managing.Elapse(Clock, Endpoints.WaitUntilReadyAsync("churn", options));

    public void Dispose()
    {
        Service.Dispose();
        GC.SuppressFinalize(this);
    }
}

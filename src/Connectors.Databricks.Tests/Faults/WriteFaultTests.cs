using Connectors.Databricks.Emulator;
using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Faults;

/// <summary>
/// A change whose answer is lost reaches the service once: whether it was made is not known, and the second would be refused or say
/// something else. The connection is one that was used before, which HTTP stacks like to give a second try by themselves.
/// </summary>
public class WriteFaultTests
{
    private const string Endpoint = "churn-v1";
    private const string Service = "main.ai.chat";

    private static readonly Dictionary<string, Func<DatabricksManagementClient, Task>> Changes = new()
    {
        ["create"] = endpoints => endpoints.CreateAsync(new EndpointDefinition("new-one")),
        ["update"] = endpoints => endpoints.UpdateConfigAsync(
            Endpoint,
            new EndpointConfig { ServedEntities = [ServedEntity.Model("main.ml.churn", "8") with { WorkloadSize = WorkloadSize.Small }] }),
        ["stop"] = endpoints => endpoints.StopAsync(Endpoint),
        ["delete"] = endpoints => endpoints.DeleteAsync(Endpoint),
        ["create a model service"] = endpoints => endpoints.ModelServices.CreateAsync(
            new ModelServiceDefinition("main.ai.new", ModelServiceConfig.To(ModelServiceDestination.ToEndpoint("a", "maverick-pt")))),
        ["update a model service"] = endpoints => endpoints.ModelServices.UpdateRateLimitsAsync(Service, [], etag: "+/8AAQ=="),
        ["delete a model service"] = endpoints => endpoints.ModelServices.DeleteAsync(Service),
    };

    public static TheoryData<EmulatedFault, string> Cases()
    {
        EmulatedFault[] faults =
        [
            EmulatedFault.BadGateway, EmulatedFault.GatewayTimeout, EmulatedFault.ResetBeforeHeaders, EmulatedFault.CloseBeforeHeaders,
            EmulatedFault.ResetInHeaders, EmulatedFault.HugeHeader, EmulatedFault.NotHttp, EmulatedFault.ResetMidBody,
        ];
        var cases = new TheoryData<EmulatedFault, string>();
        foreach (var fault in faults)
        {
            foreach (var change in Changes.Keys)
            {
                cases.Add(fault, change);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_change_whose_answer_is_lost_is_sent_once(EmulatedFault fault, string change)
    {
        await using var emulator = await DatabricksEmulator.StartAsync();
        Assert.Equal("+/8AAQ==", emulator.AddProvisionedModelService(Service, "maverick-pt").Etag);
        using var http = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        var endpoints = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = emulator.Host,
            Credential = DatabricksCredential.FromToken(emulator.Token),
            HttpClient = http,
            Resilience = { Retry = new() { MaxRetryAttempts = 2, Delay = TimeSpan.Zero, MaxDelay = TimeSpan.FromMinutes(1) } },
        }).GetManagementClient();
        await endpoints.GetAsync(Endpoint);
        emulator.Faults.Add(fault);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() => Changes[change](endpoints));

        Assert.True(failure.IsTransient);
        Assert.Single(emulator.Requests, request => request.Method != "GET");
    }
}

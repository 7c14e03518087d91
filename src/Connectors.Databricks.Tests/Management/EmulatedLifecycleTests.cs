using System.Net;
using Connectors.Databricks.Emulator;
using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management;

/// <summary>The life of an endpoint over real HTTP: made, waited for, changed, failed, stopped, and gone.</summary>
public sealed class EmulatedLifecycleTests : IAsyncLifetime
{
    private static readonly EndpointWaitOptions Soon = new()
    {
        PollInterval = TimeSpan.FromMilliseconds(1), MaxPollInterval = TimeSpan.FromMilliseconds(1),
    };

    private DatabricksEmulator _emulator = null!;
    private DatabricksServingClient _serving = null!;

    private DatabricksManagementClient Endpoints => _serving.GetManagementClient();

    public async Task InitializeAsync()
    {
        _emulator = await DatabricksEmulator.StartAsync(new DatabricksEmulatorOptions { Management = { ReadsToDeploy = 3 } });
        _emulator.AddClassicModel("main.ml.risk", "1", intercept: 0.25, tenure: 0, monthlyCharges: 0);
        _emulator.AddClassicModel("main.ml.risk", "2", intercept: 0.75, tenure: 0, monthlyCharges: 0);
        _emulator.AddBrokenModel("main.ml.risk", "3", "No module named 'risk'.");
        _serving = new DatabricksServingClient(_emulator.Host, DatabricksCredential.FromToken(_emulator.Token));
    }

    public Task DisposeAsync() => _emulator.DisposeAsync().AsTask();

    [Fact]
    public async Task A_new_endpoint_is_waited_for_and_then_answers()
    {
        var progress = new RecordedProgress<EndpointWaitProgress>();

        var endpoint = await Endpoints.CreateAndWaitAsync(Risk(),
            new() { PollInterval = Soon.PollInterval, Timeout = Soon.Timeout, Progress = progress });

        Assert.True(endpoint.IsReady);
        Assert.Contains(progress.All, look => !look.Endpoint!.IsReady);
        Assert.True(progress.All[^1].Endpoint!.IsReady);
        Assert.Equal(0.25, await Score("risk"));
    }

    [Fact]
    public async Task An_endpoint_that_is_there_is_not_made_again()
    {
        var first = await Endpoints.CreateIfNotExistsAsync(Risk());
        var second = await Endpoints.CreateIfNotExistsAsync(Risk());

        Assert.Equal(first.Id, second.Id);
        Assert.Single(_emulator.Requests, request => request.Method == "POST" && request.Path == "/api/2.0/serving-endpoints");
    }

    [Fact]
    public async Task An_update_is_pending_while_the_old_version_answers_and_another_is_refused()
    {
        await Endpoints.CreateAndWaitAsync(Risk(), Soon);

        await Endpoints.UpdateConfigAsync("risk", Serving("2"));

        var refused = await Assert.ThrowsAsync<DatabricksServingException>(() => Endpoints.UpdateConfigAsync("risk", Serving("2")));
        Assert.Equal((HttpStatusCode.Conflict, 0.25), (refused.StatusCode, await Score("risk")));
        var done = await Endpoints.WaitUntilReadyAsync("risk", Soon);
        Assert.Equal(("2", 0.75), (done.Config!.ServedEntities[0].EntityVersion, await Score("risk")));
    }

    [Fact]
    public async Task An_update_that_fails_is_named_with_its_reason_and_leaves_the_old_version_at_work()
    {
        await Endpoints.CreateAndWaitAsync(Risk(), Soon);

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(() =>
            Endpoints.UpdateAndWaitAsync("risk", Serving("3"), options: Soon));

        Assert.Contains("'model'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("No module named 'risk'.", failure.Message, StringComparison.Ordinal);
        Assert.Equal(0.25, await Score("risk"));
    }

    [Fact]
    public async Task A_stopped_endpoint_does_not_answer_and_a_started_one_does()
    {
        await Endpoints.CreateAndWaitAsync(Risk(), Soon);
        await Endpoints.StopAsync("risk");

        await Assert.ThrowsAsync<DatabricksServingException>(() => Score("risk"));
        await Endpoints.StartAsync("risk");
        await Endpoints.WaitUntilReadyAsync("risk", Soon);

        Assert.Equal(0.25, await Score("risk"));
    }

    [Fact]
    public async Task A_deleted_endpoint_is_gone()
    {
        await Endpoints.CreateAndWaitAsync(Risk(), Soon);

        await Endpoints.DeleteAsync("risk");

        Assert.Null(await Endpoints.FindAsync("risk"));
        Assert.Equal(HttpStatusCode.NotFound, (await Assert.ThrowsAsync<DatabricksServingException>(() => Score("risk"))).StatusCode);
    }

    [Fact]
    public async Task Traffic_goes_over_in_steps_is_promoted_and_rolled_back()
    {
        var before = (await Endpoints.CreateAndWaitAsync(Risk(), Soon)).Config!;
        await Endpoints.Rollouts.AddServedEntityAsync("risk", Model("2") with { Name = "challenger" }, options: new() { Wait = Soon });
        List<int> shares = [];

        var result = await Endpoints.Rollouts.ShiftTrafficAsync("risk", new TrafficShift("challenger")
        {
            Steps = [10, 50, 100],
            Update = new() { Wait = Soon },
            Check = async (step, _) =>
            {
                shares.Add(await AnsweredBy("challenger"));
                return true;
            },
        });

        Assert.Equal((true, "10, 50, 100"), (result.IsCompleted, string.Join(", ", shares)));
        var promoted = await Endpoints.Rollouts.PromoteAsync("risk", "challenger", options: new() { Wait = Soon });
        Assert.Equal("challenger", Assert.Single(promoted.Config!.ServedEntities).Name);
        await Endpoints.Rollouts.RollBackAsync("risk", before, options: new() { Wait = Soon });
        Assert.Equal(0.25, await Score("risk"));
    }

    [Fact]
    public async Task A_step_that_is_refused_takes_the_traffic_back()
    {
        await Endpoints.CreateAndWaitAsync(Risk(), Soon);
        await Endpoints.Rollouts.AddServedEntityAsync("risk", Model("2") with { Name = "challenger" }, options: new() { Wait = Soon });

        var result = await Endpoints.Rollouts.ShiftTrafficAsync("risk", new TrafficShift("challenger")
        {
            Steps = [10, 100], Update = new() { Wait = Soon }, Check = (step, _) => Task.FromResult(step.Percentage < 100),
        });

        Assert.Equal((false, 0), (result.IsCompleted, await AnsweredBy("challenger")));
    }

    [Fact]
    public async Task What_is_known_of_an_endpoint_can_be_read()
    {
        var endpoint = await Endpoints.CreateAndWaitAsync(Risk(), Soon);
        await Score("risk");

        Assert.Equal(["tenure", "monthly_charges"],
            (await _serving.Directory.GetSignatureAsync("risk")).Inputs.Select(column => column.Name));
        Assert.Equal(1, (await Endpoints.Monitoring.GetMetricsAsync("risk")).RequestsPerMinute);
        Assert.NotEmpty(await Endpoints.Monitoring.GetBuildLogsAsync("risk", "model"));
        Assert.NotEmpty(await Endpoints.Monitoring.GetServerLogsAsync("risk", "model"));
        Assert.Contains(await Endpoints.UpdateTagsAsync("risk", [new EndpointTag("team", "growth")]), tag => tag.Key == "team");
        var grants = await Endpoints.Permissions.UpdateAsync(
            endpoint.Name, [EndpointGrant.ToGroup("analysts", EndpointPermissionLevel.CanQuery)]);
        Assert.Contains(grants.AccessControl, entry => entry.GroupName == "analysts");
        Assert.NotEmpty(await Endpoints.ListFoundationModelsAsync());
    }

    private static EndpointDefinition Risk() => new("risk") { Config = Serving("1") };

    private static EndpointConfig Serving(string version) => new() { ServedEntities = [Model(version)] };

    private static ServedEntity Model(string version) => ServedEntity.Model("main.ml.risk", version) with
    {
        Name = "model", WorkloadSize = WorkloadSize.Small, ScaleToZero = false,
    };

    private async Task<double> Score(string endpointName) =>
        (await Predict(endpointName)).ToJsonElement()[0].GetDouble();

    private Task<DatabricksPrediction> Predict(string endpointName) => _serving.PredictAsync(
        endpointName, DatabricksPredictionInput.DataframeSplit(["tenure", "monthly_charges"], [[10, 50.0]]));

    // Of a hundred calls: the emulator shares exactly that many out by the percentages.
    private async Task<int> AnsweredBy(string servedEntity)
    {
        var count = 0;
        for (var call = 0; call < 100; call++)
        {
            count += (await Predict("risk")).RawResponses[0].ServedModelName == servedEntity ? 1 : 0;
        }

        return count;
    }
}

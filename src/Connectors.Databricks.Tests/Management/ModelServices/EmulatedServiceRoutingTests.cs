using Connectors.Databricks.Management;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Management.ModelServices;

/// <summary>Traffic, fallbacks and rate limits of a model service over real HTTP.</summary>
public sealed class EmulatedServiceRoutingTests : IAsyncLifetime
{
    private const string Name = EmulatedServices.Name;

    private EmulatedServices _workspace = null!;

    private ModelServicesClient Services => _workspace.Services;

    public async Task InitializeAsync() => _workspace = await EmulatedServices.StartAsync();

    public Task DisposeAsync() => _workspace.DisposeAsync().AsTask();

    [Fact]
    public async Task Traffic_is_shifted_promoted_and_rolled_back()
    {
        var before = await _workspace.CreateAsync();
        await Services.Rollouts.AddDestinationAsync(Name, await _workspace.DestinationAsync("challenger", "system.ai.kimi-k3"));
        List<int> shares = [];

        var result = await Services.Rollouts.ShiftTrafficAsync(Name, new("challenger")
        {
            Steps = [10, 50, 100],
            Check = async (_, _) =>
            {
                shares.Add(await _workspace.ShareAsync("challenger"));
                return true;
            },
        });

        Assert.Equal((true, "10, 50, 100"), (result.IsCompleted, string.Join(", ", shares)));
        Assert.Equal("challenger", Assert.Single((await Services.Rollouts.PromoteAsync(Name, "challenger")).Destinations).Name);
        await Services.Rollouts.RollBackAsync(Name, before);
        Assert.Equal("champion", await _workspace.AnsweredByAsync());
    }

    [Fact]
    public async Task A_destination_that_fails_is_rolled_back()
    {
        await _workspace.CreateAsync();
        await Services.Rollouts.AddDestinationAsync(Name, await _workspace.DestinationAsync("challenger", "system.ai.kimi-k3"));
        _workspace.Emulator.ModelService(Name).FailsDestination("challenger");

        var failure = await Assert.ThrowsAsync<DatabricksServingException>(
            () => Services.Rollouts.ShiftTrafficAsync(Name, new("challenger")
            {
                Check = async (_, stop) =>
                {
                    for (var call = 0; call < 10; call++)
                    {
                        await _workspace.AnsweredByAsync(stop);
                    }

                    return true;
                },
            }));

        Assert.Equal(DatabricksServingErrorKind.ServiceFailure, failure.Kind);
        Assert.Equal($"{Name} (champion 100 %, challenger 0 %)", (await Services.GetAsync(Name)).ToString());
        Assert.Equal(0, await _workspace.ShareAsync("challenger"));
    }

    [Fact]
    public async Task A_change_by_another_client_stops_a_rollout()
    {
        await _workspace.CreateAsync();
        await Services.Rollouts.AddDestinationAsync(Name, await _workspace.DestinationAsync("challenger", "system.ai.kimi-k3"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => Services.Rollouts.ShiftTrafficAsync(Name, new("challenger")
        {
            Check = async (_, stop) =>
            {
                await Services.UpdateRateLimitsAsync(Name, [new ModelServiceRateLimit { Requests = 9 }], cancellationToken: stop);
                return false;
            },
        }));

        var now = await Services.GetAsync(Name);
        Assert.Equal((10, 9), (now.Destinations[1].TrafficPercentage, now.Config!.RateLimits![0].Requests));
    }

    [Fact]
    public async Task Fallbacks_answer_for_a_destination_that_fails()
    {
        await _workspace.CreateAsync();
        await Services.UpdateFallbacksAsync(Name, [await _workspace.DestinationAsync("backup", "system.ai.kimi-k3")]);
        _workspace.Emulator.ModelService(Name).FailsDestination("champion", 429);

        Assert.Equal("backup", await _workspace.AnsweredByAsync());
        await Services.UpdateFallbacksAsync(Name, []);
        Assert.Equal(
            DatabricksServingErrorKind.RateLimited,
            (await Assert.ThrowsAsync<DatabricksServingException>(() => _workspace.AnsweredByAsync())).Kind);
    }

    [Fact]
    public async Task A_rate_limit_is_enforced_until_it_is_removed()
    {
        await _workspace.CreateAsync();
        await Services.UpdateRateLimitsAsync(
            Name, [new ModelServiceRateLimit { Requests = 1, RenewalPeriod = ModelServiceRenewalPeriod.Hour }]);

        await _workspace.AnsweredByAsync();
        Assert.Equal(
            DatabricksServingErrorKind.RateLimited,
            (await Assert.ThrowsAsync<DatabricksServingException>(() => _workspace.AnsweredByAsync())).Kind);
        await Services.UpdateRateLimitsAsync(Name, []);
        await _workspace.AnsweredByAsync();
    }
}

using Microsoft.AspNetCore.Builder;

namespace Connectors.Databricks.AspNetCore.Tests.ServingEndpoints;

public class ServingRouteOptionsTests
{
    public static TheoryData<string, Action<DatabricksServingRouteOptions>> Invalid => new()
    {
        { nameof(DatabricksServingRouteOptions.Endpoints), options => options.AllowAnyEndpoint = false },
        { nameof(DatabricksServingRouteOptions.Endpoints), options => options.Endpoints.Add("") },
        { nameof(DatabricksServingRouteOptions.Endpoints), options => options.Endpoints.Add("system.ai.claude-sonnet-4-5") },
        { nameof(DatabricksServingRouteOptions.DetailsTimeToLive), options => options.DetailsTimeToLive = TimeSpan.Zero },
        { nameof(DatabricksServingRouteOptions.MaxBatchItems), options => options.MaxBatchItems = 0 },
        { nameof(DatabricksServingRouteOptions.MaxConcurrentRequests), options => options.MaxConcurrentRequests = -1 },
        { nameof(DatabricksServingRouteOptions.MaxRequestBytes), options => options.MaxRequestBytes = 0 },
    };

    [Theory, MemberData(nameof(Invalid))]
    public async Task An_invalid_option_is_named_when_the_routes_are_added(string option, Action<DatabricksServingRouteOptions> configure)
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        var exception = Assert.Throws<ArgumentException>(() => app.MapDatabricksServingEndpoints("/serving-endpoints", options =>
        {
            options.AllowAnyEndpoint = true;
            configure(options);
        }));

        Assert.Contains($"DatabricksServingRouteOptions.{option} ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_after_the_routes_were_added_have_no_effect()
    {
        DatabricksServingRouteOptions? kept = null;
        await using var app = await ServingApp.StartAsync(options => (kept = options).Endpoints.Add("other"));
        kept!.Endpoints.Add(ServingApp.Churn);
        kept.AllowAnyEndpoint = true;

        Assert.Equal(404, (await app.PostAsync(ServingApp.Predict, ServingApp.Rows)).Status);
    }
}

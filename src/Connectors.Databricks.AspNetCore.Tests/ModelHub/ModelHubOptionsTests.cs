using Connectors.Databricks.AspNetCore.Tests.Authorization;
using Connectors.Databricks.AspNetCore.Tests.Docs.Code;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.ModelHub;

public class ModelHubOptionsTests
{
    public static TheoryData<string, Action<DatabricksModelHubOptions>> Invalid => new()
    {
        { nameof(DatabricksModelHubOptions.Title), options => options.Title = " " },
        { nameof(DatabricksModelHubOptions.RefreshInterval), options => options.RefreshInterval = TimeSpan.Zero },
        { nameof(DatabricksModelHubOptions.RefreshInterval), options => options.RefreshInterval = TimeSpan.FromDays(1) },
        { nameof(DatabricksModelHubOptions.Prices), options => options.Prices["a"] = null! },
        { nameof(DatabricksModelHubOptions.Prices), options => options.Prices[" "] = new() { InputCostPerToken = 1 } },
        { nameof(DatabricksModelHubOptions.Prices), options => options.Prices["a"] = new() { InputCostPerToken = -1 } },
        {
            nameof(DatabricksModelHubOptions.Prices),
            options => options.Prices["a"] = new() { InputCostPerToken = 1, OutputCostPerToken = -1 }
        },
    };

    [Theory, MemberData(nameof(Invalid))]
    public async Task An_invalid_option_is_named_when_the_routes_are_added(string option, Action<DatabricksModelHubOptions> configure)
    {
        await using var app = WebApplication.CreateSlimBuilder().Build();

        var exception = Assert.Throws<ArgumentException>(() => app.MapDatabricksModelHub("/models", configure));

        Assert.Contains($"DatabricksModelHubOptions.{option} ", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_the_page_the_routes_of_LiteLLM_remain()
    {
        await using var app = await ModelHubApp.StartAsync(new ScriptedDirectory().Lists(), options => options.IncludePage = false);

        Assert.Equal("[]", await app.TextAsync("/models/public/model_hub"));
        foreach (var path in (string[])["/models", "/models/assets/hub.js", "/models/data/endpoints"])
        {
            using var response = await app.Http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(System.Net.HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Theory]
    [MemberData(nameof(AuthorizationCase.All), MemberType = typeof(AuthorizationCase))]
    public async Task Routes_without_authorization_are_a_warning_at_start(string convention, bool isWarned)
    {
        using var authorization = new AuthorizationCase(convention);

        await using var app = await ModelHubApp.StartAsync(services: authorization.AddServices, convention: authorization.Apply);

        Assert.Equal(isWarned, authorization.HasWarning("/models"));
    }
}

using Connectors.Databricks.AspNetCore.Tests.Docs.Code;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

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
    [InlineData("none", true)]
    [InlineData("authorize", false)]
    [InlineData("anonymous", false)]
    [InlineData("fallback", false)]
    public async Task Routes_without_authorization_are_a_warning_at_start(string convention, bool isWarned)
    {
        using var log = new FakeLoggerProvider();
        await using var app = await ModelHubApp.StartAsync(
            services: services =>
            {
                services.AddSingleton<ILoggerProvider>(log);
                services.AddAuthentication("AppKey").AddScheme<AppKeyOptions, AppKeyHandler>("AppKey", null);
                services.AddAuthorization(options => options.FallbackPolicy = convention != "fallback"
                    ? null
                    : new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
            },
            convention: routes => _ = convention switch
            {
                "authorize" => routes.RequireAuthorization(),
                "anonymous" => routes.AllowAnonymous(),
                _ => routes,
            });

        Assert.Equal(
            isWarned,
            log.Collector.GetSnapshot().Any(record => record.Level == LogLevel.Warning &&
                record.Message.Contains("'/models'", StringComparison.Ordinal)));
    }
}

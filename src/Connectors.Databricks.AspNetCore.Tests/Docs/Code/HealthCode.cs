using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.Docs.Code;

/// <summary>The code of the page about the health route.</summary>
internal static class HealthCode
{
    public static void AddServices(WebApplicationBuilder builder)
    {
        // <health-services>
        builder.Services.AddDatabricksServing(builder.Configuration.GetSection("Databricks"));
        builder.Services.AddHealthChecks().AddDatabricksEndpoint("churn-v1", tags: ["models"]);
        // </health-services>
    }

    public static void Map(WebApplication app)
    {
        // <health-map>
        app.MapDatabricksHealth("/health", options => options.Predicate = check => check.Tags.Contains("models"));
        // </health-map>
    }
}

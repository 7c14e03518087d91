using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.Docs.Code;

/// <summary>The code of the page about the model hub.</summary>
internal static class ModelHubCode
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        // <model-hub-map>
        builder.Services.AddDatabricksServing(builder.Configuration.GetSection("Databricks"));

        var app = builder.Build();
        app.MapDatabricksModelHub("/models").RequireAuthorization();
        // </model-hub-map>
        return app;
    }

    public static void MapWithOptions(WebApplication app)
    {
        // <model-hub-options>
        app.MapDatabricksModelHub("/models", options =>
        {
            options.Title = "Models of Contoso";
            options.ModelServiceSchemas = ["system.ai", "main.ai"];
            options.Filter = profile => !profile.Tags.Any(tag => tag.Key == "internal");
            options.IncludeCreators = false;
            options.Prices["claude-sonnet-4-5"] = new DatabricksModelPrice
            {
                InputCostPerToken = 0.000003m,
                OutputCostPerToken = 0.000015m,
            };
        }).AllowAnonymous();
        // </model-hub-options>
    }
}

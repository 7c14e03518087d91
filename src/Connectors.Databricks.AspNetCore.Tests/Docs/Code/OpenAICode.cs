using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.Docs.Code;

/// <summary>The code of the page about the OpenAI-compatible routes.</summary>
internal static class OpenAICode
{
    public static void AddServices(WebApplicationBuilder builder)
    {
        // <openai-services>
        builder.Services.AddDatabricksServing(builder.Configuration.GetSection("Databricks"));
        builder.Services.AddAuthentication("AppKey").AddScheme<AppKeyOptions, AppKeyHandler>("AppKey", options =>
        {
            var key = builder.Configuration["AppKeys:Search"]!;
            options.OwnerOfHash[Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)))] = "search";
        });
        builder.Services.AddAuthorization();
        // </openai-services>
    }

    public static void Map(WebApplication app)
    {
        // <openai-map>
        app.MapOpenAICompatibility("/v1", options =>
        {
            options.Endpoints.Add("system.ai.claude-sonnet-4-5");
            options.Endpoints.Add("system.ai.gte-large-en");
        }).RequireAuthorization();
        // </openai-map>
    }
}

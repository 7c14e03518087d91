using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.AspNetCore.Tests.Docs.Code;

/// <summary>The code of the page about streaming chat over HTTP.</summary>
internal static class WebChatCode
{
    public static void Map(WebApplication app)
    {
        // <web-chat-map>
        app.MapDatabricksChat("/chat", options => options.Endpoints.Add("system.ai.claude-sonnet-4-5"))
            .RequireAuthorization();
        // </web-chat-map>
    }

    public static void AddServices(WebApplicationBuilder builder)
    {
        // <web-chat-services>
        builder.Services.AddDatabricksServing(builder.Configuration.GetSection("Databricks"));
        builder.Services
            .AddChatClient(services =>
                services.GetRequiredService<DatabricksServingClient>().GetChatClient("system.ai.claude-sonnet-4-5"))
            .UseFunctionInvocation();
        builder.Services.AddRateLimiter(limiter => limiter.AddFixedWindowLimiter("chat", options =>
        {
            options.PermitLimit = 20;
            options.Window = TimeSpan.FromMinutes(1);
        }));
        // </web-chat-services>
    }

    public static void MapRegistered(WebApplication app)
    {
        // <web-chat-registered>
        app.UseRateLimiter();
        app.MapDatabricksChat("/chat", options =>
        {
            options.UseRegisteredChatClient = true;
            options.MaxOutputTokens = 2_000;
            options.ConfigureOptions = (context, chat) =>
            {
                chat.Instructions = "You help customers of a bicycle shop.";
                chat.Tools = [AIFunctionFactory.Create(() => "in stock", "get_stock", "Returns the stock of bicycles.")];
            };
        }).RequireRateLimiting("chat").AllowAnonymous();
        // </web-chat-registered>
    }
}

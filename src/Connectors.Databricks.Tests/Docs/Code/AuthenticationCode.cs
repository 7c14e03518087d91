using Azure.Core;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/authentication.md.</summary>
internal static class AuthenticationCode
{
    public static async Task FromEnvironment()
    {
        // <from-environment>
        var serving = DatabricksServingClient.FromEnvironment();
        IChatClient chat = serving.GetChatClient("system.ai.claude-sonnet-4-5");
        Console.WriteLine(await chat.GetResponseAsync("Hello!"));
        // </from-environment>
    }

    public static async Task Describe(DatabricksServingClient serving)
    {
        // <describe>
        Console.WriteLine(await serving.DescribeAuthenticationAsync());
        // </describe>
    }

    public static DatabricksServingClient InCode()
    {
        // <in-code>
        var serving = new DatabricksServingClient(new DatabricksServingOptions
        {
            Host = new Uri("https://my-workspace.cloud.databricks.com"),
            Authentication =
            {
                AuthType = "oauth-m2m",   // the client id and secret come from the environment
                Scopes = ["all-apis"],
            },
        });
        // </in-code>
        return serving;
    }

    public static DatabricksServingClient ServicePrincipal(Uri host, string clientId, string clientSecret)
    {
        // <service-principal>
        var serving = new DatabricksServingClient(host, new DatabricksServicePrincipalCredential(host, clientId, clientSecret));
        // </service-principal>
        return serving;
    }

    public static DatabricksServingClient Azure(Uri host, TokenCredential azure)
    {
        // <azure>
        var credential = DatabricksCredential.FromTokenProvider(async cancellationToken =>
        {
            var token = await azure.GetTokenAsync(new(["2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default"]), cancellationToken);
            return new DatabricksAccessToken(token.Token, token.ExpiresOn);
        });
        // </azure>
        return new DatabricksServingClient(host, credential);
    }

    public static IServiceCollection ServicesInCode(IServiceCollection services)
    {
        // <services-in-code>
        services.AddDatabricksServing(options => options.Authentication.Profile = "staging");
        // </services-in-code>
        return services;
    }

    internal static DatabricksServingClient Bind(IConfiguration configuration)
    {
        // <bind>
        var options = new DatabricksServingOptions().Bind(configuration.GetSection("OtherWorkspace"));
        var other = new DatabricksServingClient(options);
        // </bind>
        return other;
    }

    public static DatabricksServingClient RouteOptimization()
    {
        // <route-optimization>
        var serving = new DatabricksServingClient(new DatabricksServingOptions { UseRouteOptimization = true });
        // </route-optimization>
        return serving;
    }

    public static DatabricksServingClient AuthorizationDetails(string endpointId)
    {
        // <authorization-details>
        var limited = new DatabricksServingClient(new DatabricksServingOptions
        {
            Authentication =
            {
                AuthType = "oauth-m2m",
                AuthorizationDetails = [DatabricksAuthorizationDetail.ForEndpointQuery(endpointId)],
            },
        });
        // </authorization-details>
        return limited;
    }

    // <own>
    /// <summary>Reads a token that something else keeps fresh in a file.</summary>
    public sealed class FileCredential(string path) : DatabricksCredential
    {
        public override async ValueTask<DatabricksAccessToken> GetTokenAsync(CancellationToken cancellationToken = default) =>
            new((await File.ReadAllTextAsync(path, cancellationToken)).Trim());
    }
    // </own>
}

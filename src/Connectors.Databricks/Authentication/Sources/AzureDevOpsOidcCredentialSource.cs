using Connectors.Databricks.Authentication.Tokens;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Authentication.Sources;

/// <summary>An Azure DevOps pipeline, by workload identity federation (authentication reference §6.8).</summary>
internal sealed class AzureDevOpsOidcCredentialSource() : CredentialSource("azure-devops-oidc")
{
    private const string Purpose = "Requesting an identity token from Azure DevOps";

    private static readonly string[] Variables =
    [
        "SYSTEM_ACCESSTOKEN", "SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "SYSTEM_TEAMPROJECTID", "SYSTEM_PLANID", "SYSTEM_JOBID",
        "SYSTEM_HOSTTYPE",
    ];

    public override ValueTask<CredentialSourceResult> TryCreateAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        var missing = Variables.Where(name => string.IsNullOrEmpty(context.Platform.Variable(name))).ToList();
        if (missing.Count == 0)
        {
            Authorization(context.Platform.Variable("SYSTEM_ACCESSTOKEN")!);
            return new(Create(stop => FetchAsync(context, stop)));
        }

        var hint = missing is ["SYSTEM_ACCESSTOKEN"] ? "; map $(System.AccessToken) to it in the step's env" : string.Empty;
        return new(CredentialSourceResult.Declined($"environment variable {string.Join(" and ", missing)} not set{hint}"));
    }

    private static RequestHeader Authorization(string pipelineToken) =>
        RequestHeader.Authorization("Bearer", pipelineToken, "SYSTEM_ACCESSTOKEN (from the environment)");

    private static async Task<DatabricksAccessToken> FetchAsync(CredentialSourceContext context, CancellationToken cancellationToken)
    {
        string Variable(string name) => context.Platform.Variable(name) ?? string.Empty;
        string Segment(string name) => Uri.EscapeDataString(Variable(name));

        var address =
            $"{Variable("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI").TrimEnd('/')}/{Segment("SYSTEM_TEAMPROJECTID")}/_apis/distributedtask/hubs/" +
            $"{Segment("SYSTEM_HOSTTYPE")}/plans/{Segment("SYSTEM_PLANID")}/jobs/{Segment("SYSTEM_JOBID")}/oidctoken" +
            "?api-version=7.2-preview.1";
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
        {
            throw CredentialExceptions.Provider("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI is not an address.");
        }

        var pipelineToken = Variable("SYSTEM_ACCESSTOKEN");
        var call = new TokenCall(Purpose, HttpMethod.Post, uri) { Headers = [Authorization(pipelineToken)] };
        var answer = await context.Requests.Hiding(pipelineToken).GetObjectAsync(call, cancellationToken).ConfigureAwait(false);
        var identity = TokenFromWire.Text(answer, "oidcToken") is { Length: > 0 } token
            ? token
            : throw new TokenCallException($"{Purpose}: the response has no 'oidcToken'.");
        return await TokenExchange.ExchangeAsync(context, identity, cancellationToken).ConfigureAwait(false);
    }
}

using System.Net;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Security;

/// <summary>One authentication type on a platform of canaries, with all the requests that it makes.</summary>
internal sealed record CanaryLogIn(string AuthType, (string Name, string Value)[] Variables)
{
    private const string Aws = "https://w.cloud.databricks.com";
    private const string Azure = "https://adb-1.2.azuredatabricks.net";
    private const string Program = "/opt/bin/";
    private const string File = "/var/run/identity";

    private const string AzureResource =
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.Databricks/workspaces/w";

    // One that satisfies everybody: OAuth, managed identities, GitHub and Azure DevOps, Azure's resource manager, both command lines.
    private static readonly string Good = $$"""
        {"access_token":"{{Canary.Issued}}","accessToken":"{{Canary.Issued}}","token_type":"Bearer","expires_in":3600,
         "expires_on":"1790859600","expiry":"2026-10-01T13:00:00Z",
         "value":"{{Canary.GitHubIdentity}}","oidcToken":"{{Canary.DevOpsIdentity}}",
         "properties":{"workspaceUrl":"adb-1.2.azuredatabricks.net"},"Major":0,"Minor":300,"Patch":0,"user":{"type":"user","name":"me"} }
        """;

    /// <summary>Where this way asks; each place in turn is made to fail.</summary>
    public string[] Services { get; init; } = [];

    public static CanaryLogIn Of(string name) => Array.Find(All, logIn => logIn.ToString() == name)!;

    public static CanaryLogIn[] All { get; } =
    [
        new("pat", [("DATABRICKS_HOST", Aws), ("DATABRICKS_TOKEN", Canary.Pat)]),
        new("pat", [("DATABRICKS_HOST", Aws), ("DATABRICKS_TOKEN", $"no token {Canary.Pat}")]) { Label = "pat that cannot be sent" },
        new("basic", [("DATABRICKS_HOST", Aws), ("DATABRICKS_USERNAME", "user"), ("DATABRICKS_PASSWORD", Canary.Password)]),
        new(
            "oauth-m2m",
            [("DATABRICKS_HOST", Aws), ("DATABRICKS_CLIENT_ID", Canary.ClientId), ("DATABRICKS_CLIENT_SECRET", Canary.ClientSecret)])
        {
            Services = [$"{Aws}/oidc/.well-known/oauth-authorization-server", $"{Aws}/oidc/v1/token"],
        },
        new("databricks-cli", [("DATABRICKS_HOST", Aws), ("PATH", "/opt/bin")]) { Services = [$"{Program}databricks"] },
        new("metadata-service",
            [
                ("DATABRICKS_HOST", Aws),
                ("DATABRICKS_METADATA_SERVICE_URL", $"http://localhost:9/{Canary.MetadataPath}?q={Canary.MetadataPath}"),
            ])
        {
            Services = [$"http://localhost:9/{Canary.MetadataPath}"],
        },
        new("github-oidc", [("DATABRICKS_HOST", Aws), .. GitHub]) { Services = [GitHubAddress, $"{Aws}/oidc/v1/token"] },
        new("azure-devops-oidc",
            [
                ("DATABRICKS_HOST", Aws), ("SYSTEM_ACCESSTOKEN", Canary.DevOps),
                ("SYSTEM_TEAMFOUNDATIONCOLLECTIONURI", "https://dev.azure.com/o/"),
                ("SYSTEM_TEAMPROJECTID", "p"), ("SYSTEM_PLANID", "l"), ("SYSTEM_JOBID", "j"), ("SYSTEM_HOSTTYPE", "build"),
            ])
        {
            Services = ["https://dev.azure.com/o/p/_apis/distributedtask/hubs/build/plans/l/jobs/j/oidctoken", $"{Aws}/oidc/v1/token"],
        },
        new("env-oidc", [("DATABRICKS_HOST", Aws), ("DATABRICKS_OIDC_TOKEN", Canary.Identity)]) { Services = [$"{Aws}/oidc/v1/token"] },
        new(
            "env-oidc",
            [("DATABRICKS_HOST", Aws), ("DATABRICKS_OIDC_TOKEN", $"two {Canary.Identity}")]) { Label = "env-oidc of two words" },
        new("file-oidc", [("DATABRICKS_HOST", Aws), ("DATABRICKS_OIDC_TOKEN_FILEPATH", File)]) { Services = [$"{Aws}/oidc/v1/token"] },
        new("github-oidc-azure", [("DATABRICKS_HOST", Azure), ("ARM_CLIENT_ID", "c"), ("ARM_TENANT_ID", "t"), .. GitHub])
        {
            Services = [GitHubAddress, "https://login.microsoftonline.com/t/oauth2/token"],
        },
        new(
            "azure-msi",
            [("DATABRICKS_HOST", Azure), ("ARM_USE_MSI", "true")]) { Services = ["http://169.254.169.254/metadata/identity/oauth2/token"] },
        new(
            "azure-client-secret",
            [("DATABRICKS_HOST", Azure), .. EntraSecret]) { Services = ["https://login.microsoftonline.com/t/oauth2/token"] },
        new("azure-client-secret", [("DATABRICKS_AZURE_RESOURCE_ID", AzureResource), .. EntraSecret])
        {
            Label = "azure-client-secret without a host",
            Services = [$"https://management.azure.com{AzureResource}", "https://login.microsoftonline.com/t/oauth2/token"],
        },
        new("azure-cli", [("DATABRICKS_HOST", Azure), ("ARM_TENANT_ID", "t"), ("PATH", "/opt/bin")]) { Services = [$"{Program}az"] },
        new("model-serving", [("DATABRICKS_HOST", Aws), ("IS_IN_DB_MODEL_SERVING_ENV", "true")]),
    ];

    private static string GitHubAddress => "https://github.example.com/token";

    private static (string, string)[] GitHub =>
        [("ACTIONS_ID_TOKEN_REQUEST_URL", $"{GitHubAddress}?v=2"), ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", Canary.GitHubRequest)];

    private static (string, string)[] EntraSecret =>
        [("ARM_CLIENT_ID", "c"), ("ARM_TENANT_ID", "t"), ("ARM_CLIENT_SECRET", Canary.AzureSecret)];

    private string? Label { get; init; }

    public override string ToString() => Label ?? AuthType;

    /// <summary>A machine where one service fails, at once or after it has worked.</summary>
    public FakePlatform Machine(string? failing, bool worksFirst, Trouble trouble, bool isForced)
    {
        var machine = new FakePlatform();
        foreach (var (name, value) in Variables)
        {
            machine.With(name, value);
        }

        if (isForced)
        {
            machine.With("DATABRICKS_AUTH_TYPE", AuthType);
        }

        machine.Files[File] = Canary.Identity;
        if (AuthType == "model-serving")
        {
            machine.Files["/var/credentials-secret/model-dependencies-oauth-token"] =
                $$"""{"OAUTH_TOKEN":[{"oauthTokenValue":"{{Canary.Issued}}{{(trouble.BreaksJson ? " \"" : "")}}"}]}""";
        }

        foreach (var host in new[] { Aws, Azure })
        {
            machine.Answers($"{host}/.well-known/databricks-config", "{}", HttpStatusCode.NotFound);
        }

        string[] all = [$"{Aws}/oidc/.well-known/oauth-authorization-server", .. Services.Distinct()];
        foreach (var service in all.Distinct())
        {
            Furnish(machine, service, service == failing, worksFirst, trouble);
        }

        return machine;
    }

    private static void Furnish(FakePlatform machine, string service, bool fails, bool worksFirst, Trouble trouble)
    {
        var good = service.EndsWith("authorization-server", StringComparison.Ordinal)
            ? $$"""{"token_endpoint":"{{Aws}}/oidc/v1/token"}"""
            : Good;
        if (service.StartsWith(Program, StringComparison.Ordinal))
        {
            var tokens = 0;
            machine.Program(service, call => !fails || call.Arguments[0] == "version" || (worksFirst && tokens++ == 0)
                ? new ProgramResult(0, good, "warning")
                : trouble.Ran(call, good));
            return;
        }

        if (!fails || worksFirst)
        {
            machine.Answers(service, good);
        }

        if (fails)
        {
            // A failure that may pass, whose repetition is logged, then one that does not.
            machine.Answers(service, _ => trouble.Answered(machine.Sent[^1], HttpStatusCode.ServiceUnavailable, good));
            machine.Answers(service, _ => trouble.Answered(machine.Sent[^1], HttpStatusCode.BadRequest, good));
        }
    }
}

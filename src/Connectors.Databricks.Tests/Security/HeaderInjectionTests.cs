using System.Net;
using Connectors.Databricks.Authentication.Platform;
using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Wire;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks.Tests.Security;

/// <summary>
/// No setting, token or document can add a header or a second request: a value that cannot be sent is named before anything is sent.
/// </summary>
public class HeaderInjectionTests
{
    private const string Evil = "1\r\nX-Evil: yes\r\n\r\nPOST /evil HTTP/1.1\r\nHost: evil";
    private const string Entra = "https://login.microsoftonline.com/some-tenant/oauth2/token";

    public static TheoryData<string> NotVisible =>
        [Evil, "1\n2", "1\r2", "1\02", "1\t2", "1\u007F", "1\u0085", "é", "1\u2028", "", " ", "1 2"];

    [Theory]
    [MemberData(nameof(NotVisible))]
    public void A_value_is_visible_ASCII_only(string value) =>
        Assert.Throws<DatabricksCredentialException>(() => RequestHeader.Create("X-Some", value, "some setting"));

    [Theory]
    [InlineData("1\r\n2", "has a line break at position 2")]
    [InlineData("\n", "has a line break at position 1")]
    [InlineData("1 2", "has a space at position 2")]
    [InlineData("1\t", "has a control character at position 2")]
    [InlineData("é", "has a character outside ASCII at position 1")]
    [InlineData("", "is empty")]
    public void The_message_names_setting_source_header_and_problem_and_not_the_value(string value, string problem)
    {
        var failure = Assert.Throws<DatabricksCredentialException>(() => RequestHeader.Create("X-Some", value, "some_setting (from code)"));

        Assert.Equal(
            ($"some_setting (from code) cannot be sent in the header X-Some: it {problem}. Use visible ASCII characters.",
                DatabricksCredentialFailure.InvalidConfiguration),
            (failure.Message, failure.Failure));
    }

    [Theory]
    [InlineData("a b", true)]
    [InlineData("!~", true)]
    [InlineData(" a", false)]
    [InlineData("a ", false)]
    [InlineData("a\r\n b", false)]
    [InlineData("a\tb", false)]
    public void Text_has_spaces_inside_and_not_around_it(string value, bool isValid)
    {
        var failure = Record.Exception(() => RequestHeader.CreateText("User-Agent", value, "some setting"));

        Assert.Equal(isValid, failure is null);
    }

    [Fact]
    public void A_header_tells_its_name_and_not_its_value() =>
        Assert.Equal("Authorization: ***", RequestHeader.Authorization("Bearer", "some-token", "x").ToString());

    // A variable that is set to $ has a value that would start another header.
    public static TheoryData<string, string, string, string, Action<DatabricksServingOptions>> Settings => new()
    {
        {
            "workspace_id (from environment variable DATABRICKS_WORKSPACE_ID)", "X-Databricks-Workspace-Id",
            "DatabricksCredentialException",
            "DATABRICKS_TOKEN=t DATABRICKS_HOST=x DATABRICKS_WORKSPACE_ID=$", _ => { }
        },
        {
            "workspace_id (from code)", "X-Databricks-Workspace-Id", "ArgumentException", "DATABRICKS_TOKEN=t DATABRICKS_HOST=x",
            options => options.Authentication.WorkspaceId = Evil
        },
        {
            "workspace_id (from code)", "X-Databricks-Workspace-Id", "ArgumentException", "",
            options => (options.Host, options.Credential, options.Authentication.WorkspaceId) =
                (new Uri("https://x"), DatabricksCredential.FromToken("t"), Evil)
        },
        {
            "workspace_id (from profile 'p' of ~/.databrickscfg)", "X-Databricks-Workspace-Id", "DatabricksCredentialException",
            "DATABRICKS_CONFIG_PROFILE=p", _ => { }
        },
        {
            "workspace_id (from the query of host, environment variable DATABRICKS_HOST)", "X-Databricks-Workspace-Id",
            "DatabricksCredentialException",
            "DATABRICKS_TOKEN=t DATABRICKS_HOST=https://x?w=1%0D%0AX-Evil:yes", _ => { }
        },
        {
            "workspace_id (from the query of host, code)", "X-Databricks-Workspace-Id", "ArgumentException", "DATABRICKS_TOKEN=t",
            options => options.Host = new Uri("https://x?w=1%0AX-Evil:%20yes")
        },
        {
            "azure_workspace_resource_id (from environment variable DATABRICKS_AZURE_RESOURCE_ID)",
            "X-Databricks-Azure-Workspace-Resource-Id",
            "DatabricksCredentialException", "DATABRICKS_HOST=x DATABRICKS_AZURE_RESOURCE_ID=$", _ => { }
        },
        {
            "azure_workspace_resource_id (from code)", "X-Databricks-Azure-Workspace-Resource-Id", "ArgumentException", "",
            options => options.Authentication.AzureWorkspaceResourceId = $"/subscriptions/{Evil}"
        },
    };

    [Theory]
    [MemberData(nameof(Settings), DisableDiscoveryEnumeration = true)]
    public void A_setting_that_cannot_be_sent_is_named_with_its_source_when_the_client_is_created(
        string origin, string header, string type, string variables, Action<DatabricksServingOptions> configure)
    {
        var machine = With(new FakePlatform(), variables).ConfigFile("[p]\nhost=x\ntoken=t\nworkspace_id=1\t2\n");
        var options = new DatabricksServingOptions();
        configure(options);

        var failure = Record.Exception(() => new DatabricksServingClient(options, machine));

        Assert.Equal(type, failure?.GetType().Name);
        Assert.StartsWith($"{origin} cannot be sent in the header {header}: it has a ", failure!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, char.IsControl);
        Assert.Empty(machine.Sent);
    }

    [Fact]
    public void A_principal_of_code_is_refused_with_the_workspace_id_of_its_hosts_query() =>
        Assert.StartsWith(
            "workspace_id (from the query of host, code) cannot be sent",
            Assert.Throws<ArgumentException>(() => new DatabricksServicePrincipalCredential(new Uri("https://x?w=1%0A"), "c", "s")).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(
        "github-oidc", "actions_id_token_request_token (from environment variable ACTIONS_ID_TOKEN_REQUEST_TOKEN)",
        "ACTIONS_ID_TOKEN_REQUEST_URL=https://g?a=b ACTIONS_ID_TOKEN_REQUEST_TOKEN=$")]
    [InlineData(
        "github-oidc-azure", "actions_id_token_request_token (from environment variable ACTIONS_ID_TOKEN_REQUEST_TOKEN)",
        "ACTIONS_ID_TOKEN_REQUEST_URL=https://g?a=b ACTIONS_ID_TOKEN_REQUEST_TOKEN=$ ARM_CLIENT_ID=c")]
    [InlineData(
        "azure-devops-oidc", "SYSTEM_ACCESSTOKEN (from the environment)",
        "SYSTEM_ACCESSTOKEN=$ SYSTEM_TEAMFOUNDATIONCOLLECTIONURI=https://d/ SYSTEM_TEAMPROJECTID=p SYSTEM_PLANID=l SYSTEM_JOBID=j " +
        "SYSTEM_HOSTTYPE=build")]
    public async Task A_token_of_a_pipeline_that_cannot_be_sent_is_named_and_nothing_is_sent(
        string authType, string origin, string variables)
    {
        var machine = With(LogIn.MachineFor(authType, LogIn.AzureHost), variables);

        var failure = await machine.Failure();

        Assert.Equal(DatabricksCredentialFailure.InvalidConfiguration, failure.Failure);
        Assert.StartsWith(
            $"Authentication type '{authType}' failed: {origin} cannot be sent in the header Authorization: it has a line break at " +
            "position 2.",
            failure.Message,
            StringComparison.Ordinal);
        Assert.Empty(machine.Sent);
    }

    [Fact]
    public async Task A_workspace_id_of_the_hosts_metadata_that_cannot_be_sent_is_named()
    {
        var machine = LogIn.MachineFor("oauth-m2m").With("DATABRICKS_CLIENT_ID", "c").With("DATABRICKS_CLIENT_SECRET", "s")
            .Answers($"{LogIn.Host}/.well-known/databricks-config", """{"workspace_id":"1\r\nX-Evil: yes"}""");

        Assert.Equal(
            $"Failed: workspace_id (from the host's metadata, {LogIn.Host}/.well-known/databricks-config) cannot be sent in the header " +
            "X-Databricks-Workspace-Id: it has a line break at position 2. Use visible ASCII characters.",
            await machine.Refusal());
        Assert.Single(machine.Sent);
    }

    [Fact]
    public async Task A_configured_workspace_id_takes_precedence_over_metadata_that_cannot_be_sent()
    {
        var machine = LogIn.MachineFor("oauth-m2m").With("DATABRICKS_CLIENT_ID", "c").With("DATABRICKS_CLIENT_SECRET", "s").WithOAuth()
            .With("DATABRICKS_WORKSPACE_ID", "12").Answers(LogIn.TokenEndpoint, LogIn.Answer);
        machine.Answers($"{LogIn.Host}/.well-known/databricks-config", """{"workspace_id":"1\r\nX-Evil: yes"}""");

        Assert.Equal("some-access-token", (await machine.Token()).Value);
    }

    [Fact]
    public async Task A_token_of_a_token_endpoint_that_cannot_be_sent_is_refused()
    {
        var machine = LogIn.MachineFor("azure-client-secret", LogIn.AzureHost).With("ARM_CLIENT_ID", "c").With("ARM_CLIENT_SECRET", "s")
            .With("ARM_TENANT_ID", "some-tenant").Answers(Entra, """{"access_token":"t\r\nX-Evil: yes","expires_in":3600}""");

        Assert.Equal(
            "Failed: Requesting a token for the service principal from Entra: 'access_token' of the response has " +
            "characters that no token has.",
            await machine.Refusal());
    }

    [Fact]
    public async Task A_token_of_the_CLI_that_cannot_be_sent_is_refused()
    {
        var machine = LogIn.MachineFor("databricks-cli").With("PATH", "/bin").Program("/bin/databricks", _ => new ProgramResult(
            0, """{"access_token":"t\r\nX-Evil: yes","token_type":"Bearer","expiry":"2030-01-01T00:00:00Z"}""", ""));

        Assert.Equal(
            "Failed: Requesting a token from the Databricks CLI: 'access_token' of the response has characters that no token has.",
            await machine.Refusal());
    }

    [Theory]
    [InlineData("app\r\nX-Evil: yes", null, null)]
    [InlineData(null, "up\r\nX-Evil: yes", null)]
    [InlineData(null, null, "18\r\nX-Evil: yes")]
    public async Task No_part_of_the_user_agent_starts_another_header(string? application, string? upstream, string? runtime)
    {
        var machine = new FakePlatform().With("DATABRICKS_HOST", "x").With("DATABRICKS_TOKEN", "t")
            .With("DATABRICKS_SDK_UPSTREAM_VERSION", "1")
            .With("DATABRICKS_SDK_UPSTREAM", upstream ?? "").With("DATABRICKS_RUNTIME_VERSION", runtime ?? "");
        var service = new VerbatimService().Answers(Some.ChatBody);
        var options = new DatabricksServingOptions { HttpClient = new HttpClient(service), ApplicationName = application };
        if (application is not null)
        {
            Assert.Throws<ArgumentException>(() => new DatabricksServingClient(options, machine));
            return;
        }

        await new DatabricksServingClient(options, machine).GetChatClient("some-endpoint").GetResponseAsync(Some.Question());

        Assert.DoesNotContain(Assert.Single(service.Sent).Headers["User-Agent"], char.IsControl);
    }

    // The address of a request is part of its head, too.
    [Theory]
    [InlineData("github-oidc", "ACTIONS_ID_TOKEN_REQUEST_URL=@ ACTIONS_ID_TOKEN_REQUEST_TOKEN=t")]
    [InlineData(
        "azure-devops-oidc",
        "SYSTEM_ACCESSTOKEN=t SYSTEM_TEAMFOUNDATIONCOLLECTIONURI=@ SYSTEM_TEAMPROJECTID=$ SYSTEM_PLANID=$ SYSTEM_JOBID=$ " +
        "SYSTEM_HOSTTYPE=$")]
    [InlineData("azure-client-secret", "ARM_CLIENT_ID=c ARM_CLIENT_SECRET=s ARM_TENANT_ID=$")]
    [InlineData("azure-msi", "ARM_USE_MSI=true ARM_CLIENT_ID=$")]
    [InlineData("metadata-service", "DATABRICKS_METADATA_SERVICE_URL=http://localhost/@")]
    [InlineData("oauth-m2m", "DATABRICKS_CLIENT_ID=c DATABRICKS_CLIENT_SECRET=s DATABRICKS_DISCOVERY_URL=@")]
    public async Task No_address_that_settings_make_up_has_a_line_break(string authType, string variables)
    {
        var machine = With(
            LogIn.MachineFor(authType, LogIn.AzureHost),
            variables.Replace("@", $"https://g/{Uri.EscapeDataString(Evil)}", StringComparison.Ordinal));
        foreach (var (name, value) in machine.Variables.ToList())
        {
            machine.With(name, value.Replace(Uri.EscapeDataString(Evil), Evil, StringComparison.Ordinal));
        }

        // Nothing is answered: what matters is what is sent.
        await machine.Failure();

        Assert.DoesNotContain(string.Concat(machine.Sent.Select(sent => sent.Address)), char.IsControl);
    }

    [Theory]
    [InlineData("https:/x")]
    [InlineData("https//x")]
    public async Task A_malformed_address_sends_nothing_to_a_host_named_https(string address)
    {
        string[][] settings =
        [
            ["github-oidc", $"ACTIONS_ID_TOKEN_REQUEST_URL={address} ACTIONS_ID_TOKEN_REQUEST_TOKEN=t"],
            [
                "azure-devops-oidc",
                $"SYSTEM_ACCESSTOKEN=t SYSTEM_TEAMFOUNDATIONCOLLECTIONURI={address} SYSTEM_TEAMPROJECTID=p SYSTEM_PLANID=l " +
                "SYSTEM_JOBID=j SYSTEM_HOSTTYPE=b",
            ],
            ["metadata-service", $"DATABRICKS_METADATA_SERVICE_URL={address}"],
            ["oauth-m2m", $"DATABRICKS_CLIENT_ID=c DATABRICKS_CLIENT_SECRET=s DATABRICKS_DISCOVERY_URL={address}"],
        ];
        foreach (var setting in settings)
        {
            var machine = With(LogIn.MachineFor(setting[0]).Answers($"{LogIn.Host}/.well-known/databricks-config", "{}"), setting[1]);

            await machine.Failure();

            Assert.DoesNotContain(machine.Sent, sent => new Uri(sent.Address).Host != new Uri(LogIn.Host).Host);
        }
    }

    private static FakePlatform With(FakePlatform machine, string variables) =>
        variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .Aggregate(machine, (furnished, pair) => furnished.With(pair[0], pair[1] == "$" ? Evil : pair[1]));
}

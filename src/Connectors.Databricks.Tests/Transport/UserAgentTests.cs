using Connectors.Databricks.Tests.TestServices;
using Connectors.Databricks.Transport;

namespace Connectors.Databricks.Tests.Transport;

/// <summary>The User-Agent header (authentication reference §11).</summary>
public class UserAgentTests
{
    private static readonly string Bare = new UserAgent(null, new FakePlatform()).With(null).Value;

    [Fact]
    public void It_names_package_extensions_runtime_and_system()
    {
        var system =
            OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsLinux() ? "linux" : "other";

        Assert.Matches(
            $@"^Connectors\.Databricks/\d+\.\d+\.\d+[0-9A-Za-z.-]* MEAI/\d+\.\d+\.\d+[0-9A-Za-z.-]* " +
            $"dotnet/{Environment.Version} os/{system}$", Bare);
    }

    [Theory]
    [InlineData("my-app", "my-app/0.0.0 ")]
    [InlineData("my-app/1.2.3-beta.1+build", "my-app/1.2.3-beta.1+build ")]
    [InlineData("My_App.x+y/2", "My_App.x+y/2 ")]
    [InlineData(null, "")]
    public void The_application_comes_first(string? name, string start) =>
        Assert.Equal(start + Bare, new UserAgent(name, new FakePlatform()).With(null).Value);

    [Theory]
    [InlineData("")]
    [InlineData("my app")]
    [InlineData("app/")]
    [InlineData("/1")]
    [InlineData("a/b/c")]
    [InlineData("größe")]
    [InlineData("app\n")]
    public void An_application_of_other_characters_is_refused(string name) =>
        Assert.Equal(
            $"ApplicationName is '{name}'. Write it as name or name/version, with letters, digits, '_', '.', '+' and '-' alone.",
            Assert.Throws<ArgumentException>(() => new UserAgent(name, new FakePlatform())).Message);

    [Fact]
    public void The_authentication_type_follows_the_system_once_it_is_known()
    {
        var userAgent = new UserAgent(null, new FakePlatform().With("GITLAB_CI", "true"));

        Assert.Equal(
            [
                $"{Bare} cicd/gitlab", $"{Bare} auth/pat cicd/gitlab", $"{Bare} auth/oauth-m2m cicd/gitlab",
                $"{Bare} auth/oauth-m2m cicd/gitlab",
            ],
            [
                userAgent.With(null).Value, userAgent.With("pat").Value, userAgent.With("oauth-m2m").Value,
                userAgent.With("oauth-m2m").Value,
            ]);
    }

    [Theory]
    [InlineData("github", "GITHUB_ACTIONS=true")]
    [InlineData("gitlab", "GITLAB_CI=true")]
    [InlineData("jenkins", "JENKINS_URL=https://ci")]
    [InlineData("azure-devops", "TF_BUILD=True")]
    [InlineData("circle", "CIRCLECI=true")]
    [InlineData("travis", "TRAVIS=true")]
    [InlineData("bitbucket", "BITBUCKET_BUILD_NUMBER=7")]
    [InlineData("google-cloud-build", "PROJECT_ID=p BUILD_ID=b PROJECT_NUMBER=1 LOCATION=l")]
    [InlineData("aws-code-build", "CODEBUILD_BUILD_ARN=arn")]
    [InlineData("tf-cloud", "TFC_RUN_ID=run")]
    [InlineData("github", "TFC_RUN_ID=run GITHUB_ACTIONS=true")]
    [InlineData(null, "GITHUB_ACTIONS=1")]
    [InlineData(null, "GITLAB_CI=True")]
    [InlineData(null, "TF_BUILD=true")]
    [InlineData(null, "CIRCLECI=yes")]
    [InlineData(null, "TRAVIS=TRUE")]
    [InlineData(null, "JENKINS_URL=")]
    [InlineData(null, "PROJECT_ID=p BUILD_ID=b PROJECT_NUMBER=1")]
    [InlineData(null, "BUILD_ID=b")]
    public void A_pipeline_is_told_by_its_variables(string? provider, string variables)
    {
        var machine = new FakePlatform();
        foreach (var pair in variables.Split(' '))
        {
            machine.With(pair.Split('=')[0], pair.Split('=')[1]);
        }

        Assert.Equal(provider is null ? Bare : $"{Bare} cicd/{provider}", new UserAgent(null, machine).With(null).Value);
    }

    [Theory]
    [InlineData("product", "1.2.3", " upstream/product upstream-version/1.2.3")]
    [InlineData("my product/x", "1.2 (beta)\r\n", " upstream/my-product-x upstream-version/1.2--beta---")]
    [InlineData("größe", "1", " upstream/gr--e upstream-version/1")]
    [InlineData("product", "", "")]
    [InlineData("", "1.2.3", "")]
    [InlineData("product", null, "")]
    [InlineData(null, "1.2.3", "")]
    public void An_upstream_product_is_named_when_both_its_variables_are_set(string? name, string? version, string end)
    {
        var machine = new FakePlatform();
        if (name is not null)
        {
            machine.With("DATABRICKS_SDK_UPSTREAM", name);
        }

        if (version is not null)
        {
            machine.With("DATABRICKS_SDK_UPSTREAM_VERSION", version);
        }

        Assert.Equal(Bare + end, new UserAgent(null, machine).With(null).Value);
    }

    [Fact]
    public void Upstream_precedes_the_pipeline() =>
        Assert.Equal(
            $"{Bare} auth/pat upstream/u upstream-version/1 cicd/github",
            new UserAgent(
                null,
                new FakePlatform().With("DATABRICKS_SDK_UPSTREAM", "u").With("DATABRICKS_SDK_UPSTREAM_VERSION", "1")
                    .With("GITHUB_ACTIONS", "true"))
                .With("pat").Value);
}

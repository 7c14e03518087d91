using Connectors.Databricks.Authentication;
using Connectors.Databricks.Authentication.Settings;

namespace Connectors.Databricks.Tests.Authentication;

/// <summary>The order of the credential chain (authentication reference §5).</summary>
public class StrategyOrderTests
{
    private static readonly string[] InOrder =
    [
        "pat", "basic", "oauth-m2m", "databricks-cli", "metadata-service", "github-oidc", "azure-devops-oidc", "env-oidc", "file-oidc",
        "github-oidc-azure", "azure-msi", "azure-client-secret", "azure-cli", "model-serving",
    ];

    public static TheoryData<string> AuthTypes => [.. InOrder];

    public static TheoryData<string, string> Neighbors()
    {
        var data = new TheoryData<string, string>();
        foreach (var (authType, next) in InOrder.Zip(InOrder.Skip(1)))
        {
            data.Add(authType, next);
        }

        return data;
    }

    [Fact]
    public void These_are_all_in_the_order_of_the_Go_SDK()
    {
        Assert.Equal(InOrder, StrategyChain.AuthTypes);
        Assert.Equal(InOrder, AuthTypeTable.All);
    }

    [Theory]
    [MemberData(nameof(AuthTypes))]
    public async Task Each_is_picked_when_it_is_the_only_one_that_works(string authType)
    {
        var credential = new ReadyLogIns().With(authType).Credential();

        await credential.GetTokenAsync();

        Assert.Equal(authType, credential.AuthType);
    }

    [Theory]
    [MemberData(nameof(Neighbors))]
    public async Task Each_is_picked_before_the_next(string authType, string next)
    {
        var credential = new ReadyLogIns().With(authType).With(next).Credential();

        await credential.GetTokenAsync();

        Assert.Equal(authType, credential.AuthType);
    }

    [Theory]
    [MemberData(nameof(AuthTypes))]
    public async Task A_forced_one_is_picked_whatever_else_works(string authType)
    {
        var logIns = new ReadyLogIns();
        foreach (var other in InOrder.Where(other => other is not "github-oidc-azure"))
        {
            logIns.With(other);
        }

        var credential = logIns.With(authType).Set(SettingTable.AuthType, authType).Credential();

        await credential.GetTokenAsync();

        Assert.Equal((authType, 1), (credential.AuthType, credential.Selection!.Attempts.Count));
    }
}

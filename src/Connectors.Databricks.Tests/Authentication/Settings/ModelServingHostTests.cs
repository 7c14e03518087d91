using Connectors.Databricks.Authentication.Settings;
using Connectors.Databricks.Tests.TestServices;

namespace Connectors.Databricks.Tests.Authentication.Settings;

/// <summary>The host that a container of Model Serving is told (authentication reference §6.12).</summary>
public class ModelServingHostTests
{
    [Theory]
    [InlineData("IS_IN_DB_MODEL_SERVING_ENV", "DATABRICKS_MODEL_SERVING_HOST_URL")]
    [InlineData("IS_IN_DATABRICKS_MODEL_SERVING_ENV", "DATABRICKS_MODEL_SERVING_HOST_URL")]
    [InlineData("IS_IN_DB_MODEL_SERVING_ENV", "DB_MODEL_SERVING_HOST_URL")]
    public void It_is_the_host_when_nothing_else_gives_one(string flag, string variable) =>
        Assert.Equal(
            [$"host=https://served (from environment variable {variable})"],
            Resolve.Lines(Container().With(flag, "true").With(variable, "https://served/")));

    [Fact]
    public void The_first_of_its_two_variables_counts() =>
        Assert.Equal(
            ["host=https://first (from environment variable DATABRICKS_MODEL_SERVING_HOST_URL)"],
            Resolve.Lines(Container().With("IS_IN_DB_MODEL_SERVING_ENV", "true")
                .With("DB_MODEL_SERVING_HOST_URL", "https://second").With("DATABRICKS_MODEL_SERVING_HOST_URL", "https://first")));

    [Fact]
    public void A_host_from_any_other_source_takes_precedence()
    {
        var machine = Container().With("IS_IN_DB_MODEL_SERVING_ENV", "true").With("DB_MODEL_SERVING_HOST_URL", "https://served")
            .ConfigFile("[DEFAULT]\nhost=https://of-profile");

        Assert.Equal(["host=https://of-profile (from profile 'DEFAULT' of ~/.databrickscfg)"], Resolve.Lines(machine));
        Assert.Equal(
            ["host=https://mine (from environment variable DATABRICKS_HOST)"],
            Resolve.Lines(machine.With("DATABRICKS_HOST", "https://mine")));
    }

    [Theory]
    [InlineData("True")]
    [InlineData("1")]
    [InlineData("")]
    public void Another_flag_means_another_place(string flag) =>
        Assert.Empty(
            Resolve.Lines(Container().With("IS_IN_DB_MODEL_SERVING_ENV", flag).With("DB_MODEL_SERVING_HOST_URL", "https://served")));

    [Fact]
    public void Without_the_file_of_its_token_it_is_no_such_container() =>
        Assert.Empty(
            Resolve.Lines(
                new FakePlatform().With("IS_IN_DB_MODEL_SERVING_ENV", "true").With("DB_MODEL_SERVING_HOST_URL", "https://served")));

    private static FakePlatform Container()
    {
        var machine = new FakePlatform();
        machine.Files[ModelServingHost.TokenPath] = "{}";
        return machine;
    }
}

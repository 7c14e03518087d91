using System.Reflection;
using Connectors.Databricks.SemanticKernel.Tests.Docs.Code;
using Connectors.Databricks.SemanticKernel.Tests.TestServices;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Tests.Docs;

public class KernelCodeTests
{
    public static TheoryData<string> Runnable =>
        [.. typeof(KernelCode).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(method => method.GetParameters() is [{ ParameterType: var type }] && type == typeof(Kernel))
            .Select(method => method.Name)];

    [Theory]
    [MemberData(nameof(Runnable))]
    public async Task What_the_page_shows_runs_on_the_emulator(string method)
    {
        await using var fixture = await EmulatedKernel.StartAsync();

        await (Task)typeof(KernelCode).GetMethod(method)!.Invoke(null, [fixture.Kernel])!;

        Assert.NotEmpty(fixture.Emulator.Requests);
        Assert.All(fixture.Emulator.Requests, request => Assert.Equal(200, request.StatusCode));
    }
}

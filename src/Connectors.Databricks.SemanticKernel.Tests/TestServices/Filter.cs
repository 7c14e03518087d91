using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel.Tests.TestServices;

/// <summary>A filter of automatic calls, made of what it is to do.</summary>
internal sealed class Filter(
    Func<AutoFunctionInvocationContext, Func<AutoFunctionInvocationContext, Task>, Task> act) : IAutoFunctionInvocationFilter
{
    public Task OnAutoFunctionInvocationAsync(
        AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next) => act(context, next);
}
